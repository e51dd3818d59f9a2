"""Starts moto on a free port of the loopback, corrected where it differs so much from AWS that nothing would work.

Arguments: the names of the corrections to make; why each is needed stands in moto-differences.ts.
"""

import functools
import sys

import moto_account
import moto_cache
import moto_machines
from moto.core import utils
from moto.core.responses import ActionResult
from moto.ec2.models.iam_instance_profile import (
    IamInstanceProfileAssociation,
    IamInstanceProfileAssociationBackend,
)
from moto.ec2.responses.key_pairs import KeyPairs
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.moto_server.werkzeug_app import DomainDispatcherApplication
from moto.rds import utils as rds
from moto.rds.models import DBInstance
from moto.rds.responses import RDSResponse
from moto.server import main as serve
from werkzeug.serving import WSGIRequestHandler


def main():
    for name in sys.argv[1:]:
        corrections[name]()
    hasten()
    serve(["--host", "127.0.0.1", "--port", "0"])


def hasten():
    """Moto reads folders for each request, to find out whose it is, and writes a line about it."""
    application = DomainDispatcherApplication
    application.get_backend_for_host = functools.cache(application.get_backend_for_host)
    utils.service_name_from_moto_package_name = functools.cache(utils.service_name_from_moto_package_name)
    WSGIRequestHandler.log_request = lambda *_: None


def unmet_denials():
    judged = IAMPolicyStatement.is_action_permitted

    def is_action_permitted(self, *args, **kwargs):
        conditional = self._statement.get("Effect") == "Deny" and self._statement.get("Condition")
        return PermissionResult.NEUTRAL if conditional else judged(self, *args, **kwargs)

    IAMPolicyStatement.is_action_permitted = is_action_permitted


def keys_by_id():
    delete = KeyPairs.delete_key_pair

    def delete_key_pair(self):
        wanted = self._get_param("KeyPairId")
        pairs = self.ec2_backend.key_pairs
        for name in [pair.key_name for pair in pairs.values() if wanted and pair.id == wanted]:
            self.ec2_backend.delete_key_pair(name)
        return delete(self)

    KeyPairs.delete_key_pair = delete_key_pair


def profiles_by_id():
    make = IamInstanceProfileAssociation.__init__

    replace = IamInstanceProfileAssociationBackend.replace_iam_instance_profile_association

    def show(association):
        profile = association.iam_instance_profile
        value = {"Arn": profile.arn, "Id": profile.id}
        association.ec2_backend.modify_instance_attribute(association.instance_id, "iam_instance_profile", value)

    def made(self, *args, **kwargs):
        make(self, *args, **kwargs)
        show(self)

    def replaced(self, *args, **kwargs):
        association = replace(self, *args, **kwargs)
        show(association)
        return association

    IamInstanceProfileAssociation.__init__ = made
    IamInstanceProfileAssociationBackend.replace_iam_instance_profile_association = replaced


def database_versions():
    version = {"Engine": "postgres", "EngineVersion": "15.18"}

    def describe_db_engine_versions(self):
        return ActionResult({"DBEngineVersions": [{**version, "DBParameterGroupFamily": "postgres15"}]})

    def describe_orderable_db_instance_options(self):
        option = {**version, "DBInstanceClass": self.params.get("DBInstanceClass"), "StorageType": "gp3", "Vpc": True}
        return ActionResult({"OrderableDBInstanceOptions": [option]})

    RDSResponse.describe_db_engine_versions = describe_db_engine_versions
    RDSResponse.describe_orderable_db_instance_options = describe_orderable_db_instance_options


def insights():
    DBInstance.performance_insights_enabled = True
    DBInstance.performance_insights_retention_period = 7


def parameters_reset():
    def reset_db_parameter_group(self):
        name = self.params.get("DBParameterGroupName")
        for parameter in self.params.get("Parameters", []):
            self.backend.db_parameter_groups[name].parameters.pop(parameter["ParameterName"], None)
        return ActionResult({"DBParameterGroupName": name})

    RDSResponse.reset_db_parameter_group = reset_db_parameter_group


def windows_that_touch():
    overlap = rds.get_overlap_between_two_date_ranges
    rds.get_overlap_between_two_date_ranges = lambda *ranges: overlap(*ranges) or -1


corrections = {
    **moto_account.corrections,
    **moto_cache.corrections,
    **moto_machines.corrections,
    "database-versions": database_versions,
    "insights": insights,
    "keys-by-id": keys_by_id,
    "parameters-reset": parameters_reset,
    "profiles-by-id": profiles_by_id,
    "unmet-denials": unmet_denials,
    "windows-that-touch": windows_that_touch,
}

main()
