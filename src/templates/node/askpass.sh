#!/bin/bash
# What Git asks for when a repository is private.
case $1 in
  Username*) printf 'x-access-token\n' ;;
  *) cat "$SMART0DTE_TOKEN_FILE" ;;
esac
