#!/bin/sh
# Prints what it was given, as applications do, and serves.
echo 'serving the API on port 8000'
printf 'connected to %s\n' "$DATABASE_URL"
trap 'kill $! 2>/dev/null; exit 0' TERM INT
httpd -f -p "$2" -h www &
wait $!
