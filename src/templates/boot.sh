#!/bin/bash
# Runs once, as root, at the node's first start. Everybody on the node can read this: no secret belongs here.
set -euo pipefail

# The image brings the agent; without it nothing else can reach the node.
systemctl enable --now amazon-ssm-agent

install -d -m 0755 /var/lib/smart0dte
date -u +%Y-%m-%dT%H:%M:%SZ >/var/lib/smart0dte/booted
