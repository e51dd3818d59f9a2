#!/bin/sh
# Prints what it was given, as applications do, and ends.
printf 'connecting to %s\n' "$DATABASE_URL"
echo 'no such table'
exit 1
