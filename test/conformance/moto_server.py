"""Starts moto on a free port of the loopback, corrected where it differs so much from AWS that nothing would work.

Arguments: the names of the corrections to make; why each is needed stands in moto-differences.ts.
"""

import sys

from moto.ec2.models.iam_instance_profile import (
    IamInstanceProfileAssociation,
    IamInstanceProfileAssociationBackend,
)
from moto.ec2.responses.key_pairs import KeyPairs
from moto.iam.access_control import IAMPolicyStatement, PermissionResult
from moto.server import main as serve


def main():
    for name in sys.argv[1:]:
        corrections[name]()
    serve(["--host", "127.0.0.1", "--port", "0"])


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


corrections = {"keys-by-id": keys_by_id, "profiles-by-id": profiles_by_id, "unmet-denials": unmet_denials}

main()
