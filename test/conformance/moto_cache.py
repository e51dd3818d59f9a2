"""What moto lacks of ElastiCache, and no more of it than the birth and the end of a cache take.

It keeps what it is asked to keep, and checks nothing else: why each correction is needed stands in
moto-differences.ts.
"""

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.exceptions import CacheSubnetGroupNotFound, ElastiCacheException
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse


def versions():
    newest = {"valkey": "8.1", "redis": "7.1"}

    def describe_cache_engine_versions(self):
        engine = self._get_param("Engine")
        version = {"Engine": engine, "EngineVersion": newest[engine]}
        return ActionResult({"CacheEngineVersions": [version]})

    serve(describe_cache_engine_versions)


def parameters():
    def create_cache_parameter_group(self):
        group = self._get_params()
        groups(self)[group["CacheParameterGroupName"]] = {**group, "set": {}}
        return ActionResult({"CacheParameterGroup": group})

    def describe_cache_parameter_groups(self):
        name = self._get_param("CacheParameterGroupName")
        return ActionResult({"CacheParameterGroups": [named(self, name)] if name else [*groups(self).values()]})

    def modify_cache_parameter_group(self):
        name = self._get_param("CacheParameterGroupName")
        for pair in self._get_param("ParameterNameValues"):
            named(self, name)["set"][pair["ParameterName"]] = pair["ParameterValue"]
        return ActionResult({"CacheParameterGroupName": name})

    def describe_cache_parameters(self):
        was_set = named(self, self._get_param("CacheParameterGroupName"))["set"].items()
        shown = [{"ParameterName": name, "ParameterValue": value, "Source": "user"} for name, value in was_set]
        return ActionResult({"Parameters": shown})

    def delete_cache_parameter_group(self):
        name = self._get_param("CacheParameterGroupName")
        groups(self).pop(named(self, name)["CacheParameterGroupName"])
        return EmptyResult()

    def groups(response):
        return kept(response, "parameter_groups")

    def named(response, name):
        return groups(response).get(name) or missing("CacheParameterGroupNotFound", name)

    serve(
        create_cache_parameter_group,
        describe_cache_parameter_groups,
        modify_cache_parameter_group,
        describe_cache_parameters,
        delete_cache_parameter_group,
    )


def user_groups():
    def create_user_group(self):
        group = {**self._get_params(), "Status": "active"}
        groups(self)[group["UserGroupId"]] = group
        return ActionResult(group)

    def describe_user_groups(self):
        name = self._get_param("UserGroupId")
        return ActionResult({"UserGroups": [named(self, name)] if name else [*groups(self).values()]})

    def delete_user_group(self):
        name = self._get_param("UserGroupId")
        return ActionResult({**groups(self).pop(named(self, name)["UserGroupId"]), "Status": "deleting"})

    def groups(response):
        return kept(response, "user_groups")

    def named(response, name):
        return groups(response).get(name) or missing("UserGroupNotFound", name)

    serve(create_user_group, describe_user_groups, delete_user_group)


def subnet_groups():
    def delete_cache_subnet_group(self):
        name = self._get_param("CacheSubnetGroupName")
        if self.elasticache_backend.cache_subnet_groups.pop(name, None) is None:
            raise CacheSubnetGroupNotFound(name)
        return EmptyResult()

    serve(delete_cache_subnet_group)


def nodes():
    describe = ElastiCacheBackend.describe_cache_clusters

    def describe_cache_clusters(self, cache_cluster_id=None):
        for group in self.replication_groups.values():
            if cache_cluster_id in group.member_clusters:
                return [node_of(group, cache_cluster_id)]
        return describe(self, cache_cluster_id)

    def node_of(group, name):
        return {
            "CacheClusterId": name,
            "ReplicationGroupId": group.replication_group_id,
            "Engine": group.engine,
            "EngineVersion": group.engine_version,
            "CacheSubnetGroupName": group.cache_subnet_group_name,
            "CacheParameterGroup": {"CacheParameterGroupName": group.cache_parameter_group_name},
            "SecurityGroups": [{"SecurityGroupId": one, "Status": "active"} for one in group.security_group_ids],
            "PreferredMaintenanceWindow": group.preferred_maintenance_window,
        }

    ElastiCacheBackend.describe_cache_clusters = describe_cache_clusters


def ends():
    delete_cache = ElastiCacheBackend.delete_replication_group
    delete_one = ElastiCacheBackend.delete_user

    def delete_replication_group(self, *args, **kwargs):
        group = delete_cache(self, *args, **kwargs)
        self.replication_groups.pop(group.replication_group_id)
        return group

    def delete_user(self, *args, **kwargs):
        user = delete_one(self, *args, **kwargs)
        self.users.pop(user.id)
        return user

    ElastiCacheBackend.delete_replication_group = delete_replication_group
    ElastiCacheBackend.delete_user = delete_user


def serve(*handlers):
    for handler in handlers:
        setattr(ElastiCacheResponse, handler.__name__, handler)


def kept(response, what):
    """By name, and forgotten with all else when moto is told to forget."""
    return vars(response.elasticache_backend).setdefault(what, {})


def missing(code, name):
    raise ElastiCacheException(code, f"{name} not found.")


corrections = {
    "cache-ends": ends,
    "cache-nodes": nodes,
    "cache-parameters": parameters,
    "cache-subnet-groups": subnet_groups,
    "cache-user-groups": user_groups,
    "cache-versions": versions,
}
