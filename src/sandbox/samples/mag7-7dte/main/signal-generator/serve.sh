#!/bin/sh
# Behaves as its file says: the first line is what it does, the others are what it logs.
read -r does <behaviour
tail -n +2 behaviour
trap 'kill $! 2>/dev/null; exit 0' TERM INT
case $does in
  exits*) exit "${does#exits }" ;;
  unhealthy) rm -rf www && mkdir www ;;
esac
if [ "$1" = --port ]; then httpd -f -p "$2" -h www & else sleep 2147483647 & fi
wait $!
