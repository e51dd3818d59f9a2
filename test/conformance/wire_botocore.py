"""Speaks to the wire with botocore, whose models others read: what the SDK's schemas get wrong on both ends shows here.

Arguments: the botocore version that is expected, the wire's address, the address of its control, the services.
Prints one line of JSON: by service, how many operations were tried and what differs in those that fail.
"""

import base64
import datetime
import json
import random
import socket
import sys
import urllib.request

import botocore
import botocore.session
from botocore.config import Config

DEEPEST = 4
# What botocore, or HTTP, fills or reads in a way of its own.
OWN = {"ContentLength", "ContentMD5", "ChecksumMode", "AccountId", "PresignedUrl", "DestinationRegion", "UserData"}
# What botocore calls a service, where it is not the name in the signature's scope.
NAMES = {
    "access-analyzer": "accessanalyzer",
    "elasticloadbalancing": "elbv2",
    "monitoring": "cloudwatch",
    "servicequotas": "service-quotas",
}
# Texts to botocore, and to the SDK the numbers that they are.
NUMBERS = {"MaxItems", "MaxResults"}
TEXTS = ["abc", "Hello World", "a&b<c>\"'", "é💾", "x-1", "a+b%20c"]


def main():
    version, wire, control, *services = sys.argv[1:]
    if botocore.__version__ != version:
        sys.exit(f"botocore is {botocore.__version__}, not {version}: remove the virtual environment and run again")
    stay_here()
    session = botocore.session.get_session()
    session.set_credentials("a", "b")
    print(json.dumps({service: findings(session, service, wire, control) for service in services}))


def stay_here():
    """S3 Control is asked with the account before the host's name, whatever the host is."""
    resolve = socket.getaddrinfo
    here = "127.0.0.1"
    socket.getaddrinfo = lambda host, *rest, **more: resolve(here if host.endswith(f".{here}") else host, *rest, **more)


def findings(session, service, wire, control):
    config = Config(
        retries={"max_attempts": 0},
        s3={"addressing_style": "path"},
        inject_host_prefix=False,
        parameter_validation=False,
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
    )
    client = session.create_client(NAMES.get(service, service), region_name="us-east-1", endpoint_url=wire, config=config)
    tried = 0
    failing = {}
    for name in client.meta.service_model.operation_names:
        model = client.meta.service_model.operation_model(name)
        if model.has_event_stream_input or model.has_event_stream_output:
            continue
        answer = ask(control, {"service": service, "operation": name})
        if answer is None:  # The SDK no longer has it.
            continue
        tried += 1
        difference = round_trip(client, model, control, answer["output"])
        if difference is not None:
            failing[name] = difference
    return {"operations": tried, "failing": failing}


def round_trip(client, model, control, output):
    chance = random.Random(model.name)
    given = generated(model.input_shape, chance, "", False, 0) if model.input_shape else {}
    sent = plain(given)  # Beforehand: botocore turns bodies into streams and reads them.
    try:
        received = client._make_api_call(model.name, given)
    except Exception as error:  # Whatever it is, it is what differs.
        return f"no answer: {type(error).__name__} {error}"
    latest = ask(control, {"sent": sent})
    if latest["operation"] != model.name:
        return f"taken for {latest['operation']}"
    said, read = others(latest["sent"]), others(latest["input"])
    if said != read:
        return f"input: {json.dumps(said)} became {json.dumps(read)}"
    wanted = known(model.output_shape, output) if model.output_shape else {}
    added = ("ResponseMetadata", "ExpiresString")
    received = plain({name: value for name, value in received.items() if name not in added})
    if (wanted or {}) != (received or {}):
        return f"output: {json.dumps(wanted)} became {json.dumps(received)}"
    return None


def others(members):
    """All but what botocore says in a way of its own, such as S3 Control's account in the host's name."""
    return {name: value for name, value in (members or {}).items() if name not in OWN}


def ask(control, question):
    request = urllib.request.Request(control, json.dumps(question).encode())
    return json.loads(urllib.request.urlopen(request).read())


def generated(shape, chance, name, outside, depth):
    """Any value of a shape; None for what could only be said deeper down, as a union that has no other kind than itself."""
    kind = shape.type_name
    if kind == "structure":
        return structure(shape, chance, depth)
    if kind == "list":
        items = [generated(shape.member, chance, name, outside, depth + 1) for _ in range(chance.randint(1, 2))]
        return None if None in items else items
    if kind == "map":
        items = [generated(shape.value, chance, name, outside, depth + 1) for _ in range(chance.randint(1, 2))]
        return None if None in items else {f"k{n}": item for n, item in enumerate(items)}
    if kind == "blob":
        return b"bytes %d" % chance.randrange(1000)
    if kind == "timestamp":
        return datetime.datetime.fromtimestamp(chance.randrange(4 * 10**9), datetime.timezone.utc)
    if kind == "boolean":
        return chance.random() < 0.5
    if kind in ("integer", "long"):
        return chance.randrange(1_000_000)
    if kind in ("float", "double"):
        return chance.randrange(1000) + 0.5
    return text(shape, chance, name, outside)


def structure(shape, chance, depth):
    value = {}
    for name, member in shape.members.items():
        aggregate = member.type_name in ("structure", "list", "map")
        own = name in OWN and name not in shape.required_members
        if own or name.startswith("Checksum") and name != "ChecksumAlgorithm" or "SSECustomerKey" in name:
            continue
        if depth >= DEEPEST and aggregate and name not in shape.required_members:
            continue
        outside = member.serialization.get("location") in ("header", "headers", "querystring", "uri")
        said = generated(member, chance, name, outside, depth + 1)
        if said is not None:
            value[name] = said
    if getattr(shape, "is_tagged_union", False):
        names = sorted(value)
        return {(name := chance.choice(names)): value[name]} if names else None
    return value


def text(shape, chance, name, outside):
    if name == "Bucket":
        return f"bucket{chance.randrange(9)}"
    if name == "ChecksumAlgorithm":
        return "CRC32"
    if shape.serialization.get("jsonvalue"):
        return '{"a":1}'
    if name in NUMBERS:
        return str(chance.randrange(1000))
    return f"value{chance.randrange(1000)}" if outside else f"{chance.choice(TEXTS)}{chance.randrange(100)}"


def plain(value):
    """The form in which values are compared: nothing empty, and no types that JSON does not have."""
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).strftime("date %Y-%m-%dT%H:%M:%S.000Z")
    if isinstance(value, (bytes, bytearray)):
        return f"bytes {base64.b64encode(value).decode()}"
    if hasattr(value, "read"):
        return plain(value.read())
    if isinstance(value, dict):
        return {name: found for name, item in value.items() if (found := plain(item)) is not None} or None
    if isinstance(value, (list, tuple)):
        return [found for item in value if (found := plain(item)) is not None] or None
    return value


def known(shape, value):
    """What of an answer this botocore's model, which may be older than the SDK's, has members for, as it takes them."""
    kind = shape.type_name
    if getattr(shape, "is_document_type", False):
        return value
    if kind == "integer" and isinstance(value, str):
        return int(value)
    if kind == "string" and isinstance(value, int):
        return str(value)
    if kind == "structure" and isinstance(value, dict):
        found = {name: known(shape.members[name], item) for name, item in value.items() if name in shape.members}
        return {name: item for name, item in found.items() if item is not None} or None
    if kind == "list" and isinstance(value, list):
        return [found for item in value if (found := known(shape.member, item)) is not None] or None
    if kind == "map" and isinstance(value, dict):
        return {name: known(shape.value, item) for name, item in value.items()} or None
    return value


main()
