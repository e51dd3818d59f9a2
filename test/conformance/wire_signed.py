"""Uses a running sandbox with botocore: signatures, keys that want escaping, refusals. Prints what it saw as JSON.

Arguments: the botocore version that is expected, then the sandbox's url, access key id and secret access key.
"""

import json
import sys

import botocore
import botocore.session
from botocore.config import Config
from botocore.exceptions import ClientError

KEYS = ["plain", "a b+c%d/e=f&g", "é💾/ü", "~!*'()"]


def main():
    version, url, key, secret = sys.argv[1:]
    if botocore.__version__ != version:
        sys.exit(f"botocore is {botocore.__version__}, not {version}: remove the virtual environment and run again")
    print(json.dumps({**seen(url, key, secret), "refusals": refusals(url, key)}))


def clients(url, key, secret):
    session = botocore.session.get_session()
    session.set_credentials(key, secret)
    config = Config(retries={"max_attempts": 0}, s3={"addressing_style": "path"})
    make = lambda name: session.create_client(name, region_name="us-east-1", endpoint_url=url, config=config)
    return {name: make(name) for name in ("ec2", "iam", "sts", "ssm", "s3")}


def seen(url, key, secret):
    use = clients(url, key, secret)
    vpc = use["ec2"].create_vpc(CidrBlock="10.0.0.0/16")["Vpc"]["VpcId"]
    use["ssm"].put_parameter(Name="/a", Value="é💾", Type="String")
    use["s3"].create_bucket(Bucket="bucket")
    bodies = {}
    for name in KEYS:
        use["s3"].put_object(Bucket="bucket", Key=name, Body=name.encode())
        bodies[name] = use["s3"].get_object(Bucket="bucket", Key=name)["Body"].read().decode()
    return {
        "vpc": [found["VpcId"] for found in use["ec2"].describe_vpcs()["Vpcs"]] == [vpc],
        "parameter": use["ssm"].get_parameter(Name="/a")["Parameter"]["Value"],
        "account": use["sts"].get_caller_identity()["Account"],
        "bodies": bodies == {name: name for name in KEYS},
        "taken": code(lambda: use["s3"].put_object(Bucket="bucket", Key="plain", Body=b"", IfNoneMatch="*")),
        "missing": code(lambda: use["iam"].get_role(RoleName="nobody")),
        "unwritten": code(lambda: use["ec2"].describe_instances()),
    }


def refusals(url, key):
    wrong = clients(url, key, "wrong")
    return {
        "ec2": code(wrong["ec2"].describe_vpcs),
        "iam": code(lambda: wrong["iam"].get_role(RoleName="r")),
        "sts": code(wrong["sts"].get_caller_identity),
        "ssm": code(lambda: wrong["ssm"].get_parameter(Name="/a")),
        "s3": code(lambda: wrong["s3"].get_object(Bucket="bucket", Key="plain")),
    }


def code(call):
    try:
        call()
    except ClientError as error:
        return error.response["Error"]["Code"]
    return None


main()
