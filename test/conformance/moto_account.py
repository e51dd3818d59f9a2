"""What moto does otherwise than AWS with the settings of an account, and what the rest needs to go on.

Why each correction is needed stands in moto-bootstrap.ts.
"""

import json

from moto.budgets.responses import BudgetsResponse
from moto.cloudtrail.models import CloudTrailBackend
from moto.core.responses import ActionResult
from moto.iam import models as iam
from moto.iam.responses import IamResponse
from moto.kms import responses as kms


def linked_roles():
    names = {"config": "Config", "elasticache": "ElastiCache", "elasticloadbalancing": "ElasticLoadBalancing"}
    iam.SERVICE_NAME_CONVERSION.update({**names, "rds": "RDS"})


def trails_by_arn():
    delete = CloudTrailBackend.delete_trail
    CloudTrailBackend.delete_trail = lambda self, name: delete(self, self.get_trail(name).trail_name)


def key_policies():
    judged = kms._assert_default_policy
    kms._assert_default_policy = lambda name: judged(name or "default")


def budget_subscribers():
    def describe_subscribers_for_notification(self):
        budget = self.backend.budgets[self._get_param("AccountId")][self._get_param("BudgetName")]
        wanted = self._get_param("Notification")
        told = [one.subscribers for one in budget.notifications if one.details == wanted]
        return json.dumps({"Subscribers": [subscriber for subscribers in told for subscriber in subscribers]})

    BudgetsResponse.describe_subscribers_for_notification = describe_subscribers_for_notification


def service_credentials():
    none = {"ServiceSpecificCredentials": []}
    IamResponse.list_service_specific_credentials = lambda self: ActionResult(none)


corrections = {
    "budget-subscribers": budget_subscribers,
    "key-policies": key_policies,
    "linked-roles": linked_roles,
    "service-credentials": service_credentials,
    "trails-by-arn": trails_by_arn,
}
