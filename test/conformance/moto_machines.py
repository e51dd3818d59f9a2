"""Corrections of what moto has for machines and what they are told: there is nothing in its instances."""

import json
import os
import urllib.request

from moto.ec2.models import ec2_backends
from moto.ec2.models.instances import InstanceBackend
from moto.ssm import models as ssm


def machines():
    run = InstanceBackend.run_instances
    send = ssm.SimpleSystemManagerBackend.send_command

    def run_instances(self, *args, **kwargs):
        reservation = run(self, *args, **kwargs)
        for instance in reservation.instances:
            tell(instance)
        return reservation

    def send_command(self, *args, **kwargs):
        command = send(self, *args, **kwargs)
        order = {
            "DocumentName": command.document_name,
            "Parameters": command.parameters,
            "Bucket": command.output_s3_bucket_name,
        }
        instances = ec2_backends[self.account_id][self.region_name]
        for name in command.instance_ids:
            tell(instances.get_instance(name), order)
        return command

    def tell(instance, order=None):
        """Whoever acts for the machines asks for what he needs meanwhile, so this is over when he is done."""
        user_data = instance.user_data.decode() if instance.user_data else ""
        told = {"id": instance.id, "userData": user_data, "order": order}
        urllib.request.urlopen(os.environ["MOTO_MACHINES"], json.dumps(told).encode()).close()

    InstanceBackend.run_instances = run_instances
    ssm.SimpleSystemManagerBackend.send_command = send_command


def document_names():
    is_equal = ssm._document_filter_equal_comparator

    def begins(value, wanted):
        if wanted["Key"] != "Name":
            return is_equal(value, wanted)
        return any(value.startswith(beginning) for beginning in wanted["Values"])

    ssm._document_filter_equal_comparator = begins


corrections = {"document-names": document_names, "machines": machines}
