"""Writes src/sandbox/constraints.json: what AWS demands of the inputs of the operations that the sandbox serves.

The SDK says which members are required, but not which lengths, patterns, ranges and enumerations hold; botocore's
models do. Run it again when a service serves another operation (a test says so):

    python3 -m venv VENV && VENV/bin/pip install botocore==1.44.5 && VENV/bin/python build/constraints.py
"""

import json
import pathlib
import re
import sys

import botocore
import botocore.session

BOTOCORE = "1.44.5"
# A longer enumeration is a catalogue, such as the instance types: the service has one of its own.
LONGEST_ENUMERATION = 150
# A folder of this name would be taken for the configuration of the tool.
FOLDERS = {"configservice": "config"}
SOURCES = pathlib.Path(__file__).parent.parent / "src" / "sandbox"


def main():
    if botocore.__version__ != BOTOCORE:
        sys.exit(f"botocore is {botocore.__version__}: install {BOTOCORE}, or change the pin in {__file__}")
    session = botocore.session.get_session()
    # A folder is named as botocore names the service; requests name it as their signature does.
    models = [(session.get_service_model(name), names) for name, names in sorted(served().items())]
    services = {}
    for model, names in models:
        # Of two that sign alike, the second goes by its own name.
        name = model.service_name if model.signing_name in services else model.signing_name
        services[name] = constraints(model, names)
    text = json.dumps({"botocore": BOTOCORE, "services": services}, separators=(",", ":"), sort_keys=True)
    # A line for each shape, so that a new version's changes can be read.
    (SOURCES / "constraints.json").write_text(re.sub(r'("[\w-]+":\{)', r"\n\1", text) + "\n")


def served():
    """The names that each service's files import as `Name$`: its operations, and a few that are none."""
    names = {}
    for file in (SOURCES / "services").rglob("*.ts"):
        service = file.relative_to(SOURCES / "services").parts[0].removesuffix(".ts")
        names.setdefault(FOLDERS.get(service, service), set()).update(re.findall(r"\b([A-Z]\w+)\$", file.read_text()))
    return {service: found for service, found in names.items() if found}


def constraints(model, names):
    shapes = {}
    operations = {}
    for name in sorted(names.intersection(model.operation_names)):
        shape = model.operation_model(name).input_shape
        operations[name] = shape.name if shape is not None and keep(shape, shapes, ()) else ""
    return {"operations": operations, "shapes": {name: rules for name, rules in shapes.items() if rules}}


def keep(shape, shapes, above):
    """Notes a shape with all below it; false where neither it nor anything below it demands anything."""
    if shape.name in above:
        return True
    if shape.name in shapes:
        return bool(shapes[shape.name])
    rules = own_rules(shape)
    below = (*above, shape.name)
    if shape.type_name == "structure":
        members = {name: member.name for name, member in shape.members.items() if keep(member, shapes, below)}
        rules.update({"members": members} if members else {})
    if shape.type_name == "list" and keep(shape.member, shapes, below):
        rules["item"] = shape.member.name
    if shape.type_name == "map":
        rules.update({"key": shape.key.name} if keep(shape.key, shapes, below) else {})
        rules.update({"value": shape.value.name} if keep(shape.value, shapes, below) else {})
    shapes[shape.name] = rules
    return bool(rules)


def own_rules(shape):
    rules = {}
    if 0 < len(getattr(shape, "enum", [])) <= LONGEST_ENUMERATION:
        rules["enum"] = list(shape.enum)
    for name in ("min", "max"):
        limit = shape.metadata.get(name)
        # Nothing is shorter than nothing, and no request reaches a limit of a million.
        if limit is not None and 0 < limit < 1_000_000 and shape.type_name != "structure":
            rules[name] = limit
    pattern = shape.metadata.get("pattern")
    if pattern is not None and pattern not in (".*", "^.*$", "[\\s\\S]*", "^[\\s\\S]*$"):
        rules["pattern"] = pattern
    return rules


main()
