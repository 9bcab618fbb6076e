"""Checks objects of Kubernetes: CronJobs that start the program, and what they name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from example import PROGRAM, Command, Project, Report, is_cron_schedule, listed
from yaml_file import read_yaml

API_VERSIONS = {"PersistentVolumeClaim": "v1", "CronJob": "batch/v1"}
# What the kernel's SIGKILL leaves; no exit code of the program.
KILLED = 137
UNITS = {"Mi": 2**20, "Gi": 2**30}


def check_kubernetes(path: Path, project: Project) -> Report:
    """All objects of a file."""
    report = Report()
    objects = [item for item in read_yaml(path, report) if isinstance(item, dict)]
    names = {str(item.get("metadata", {}).get("name")) for item in objects}
    report.expect(objects, 1, "no objects")
    for item in objects:
        name, kind = str(item.get("metadata", {}).get("name")), str(item.get("kind"))
        report.expect(kind in API_VERSIONS, name, f"no kind that this check knows: {kind}")
        report.expect(
            item.get("apiVersion") == API_VERSIONS.get(kind), name, "another apiVersion than that of its kind"
        )
        if kind == "CronJob":
            check_cron_job(name, item.get("spec", {}), names, project, report)
    return report


def check_cron_job(name: str, spec: dict[str, Any], names: set[str], project: Project, report: Report) -> None:
    """When it starts, what it retries, and its pod."""
    report.expect(is_cron_schedule(str(spec.get("schedule")).split()), name, "no schedule")
    report.expect(spec.get("timeZone") == "Etc/UTC", name, "timeZone is not Etc/UTC")
    report.expect(spec.get("concurrencyPolicy") == "Forbid", name, "concurrencyPolicy is not Forbid")
    job = spec.get("jobTemplate", {}).get("spec", {})
    pod = job.get("template", {}).get("spec", {})
    report.expect(pod.get("restartPolicy") == "Never", name, "restartPolicy is not Never")
    report.expect(isinstance(job.get("backoffLimit"), int), name, "no backoffLimit")
    if job.get("backoffLimit") != 0:
        check_failure_policy(name, job.get("podFailurePolicy", {}).get("rules", []), pod, project, report)
    volumes = {volume.get("name"): volume for volume in pod.get("volumes", [])}
    for volume in volumes.values():
        claim = volume.get("persistentVolumeClaim", {}).get("claimName")
        report.expect(claim in names, name, f"the file has no claim {claim}")
    for container in [*pod.get("initContainers", []), *pod.get("containers", [])]:
        check_container(f"{name}/{container.get('name')}", container, pod, set(volumes), report)


def check_failure_policy(
    name: str, rules: list[dict[str, Any]], pod: dict[str, Any], project: Project, report: Report
) -> None:
    """A job fails at once at the codes after which a retry is of no use; the others, and a kill, count."""
    containers = {container.get("name") for container in pod.get("containers", [])}
    codes: dict[str, set[int]] = {}
    for rule in rules:
        on_codes = rule.get("onExitCodes")
        if on_codes is not None:
            report.expect(on_codes.get("containerName") in containers, name, "a rule of a container that is not there")
            report.expect(on_codes.get("operator") == "In", name, "a rule whose operator is not In")
            codes.setdefault(str(rule.get("action")), set()).update(on_codes.get("values", []))
    for action, expected in {"FailJob": project.final_codes, "Count": project.codes_to_retry | {KILLED}}.items():
        found = codes.get(action, set())
        report.expect(found == expected, name, f"{action} has {listed(found)}, expected {listed(expected)}")
    ignored = [rule.get("onPodConditions") for rule in rules if rule.get("action") == "Ignore"]
    report.expect("DisruptionTarget" in str(ignored), name, "a disruption counts as a failure")


def check_container(
    place: str, container: dict[str, Any], pod: dict[str, Any], volumes: set[Any], report: Report
) -> None:
    """Its command, its settings, its memory, its mounts and its rights."""
    words = [*container.get("command", [PROGRAM]), *container.get("args", [])]
    report.expect(all(isinstance(word, str) for word in words), place, "a word of the command that is no string")
    report.expect(words[0] == PROGRAM, place, f"starts another program: {words[0]}")
    settings = {str(item.get("name")): item.get("value") for item in container.get("env", [])}
    for name, setting in settings.items():
        report.expect(isinstance(setting, str), place, f"the value of {name} is no string")
    report.commands.append(Command(place, [str(word) for word in words[1:]], {n: str(v) for n, v in settings.items()}))
    report.expect(":" in str(container.get("image")), place, "an image without a version")
    check_memory(place, container, int(settings.get("RECSYS_LIMITS_MAX_MEMORY_MB") or 512), report)
    mounts = {mount.get("name"): mount.get("mountPath") for mount in container.get("volumeMounts", [])}
    report.expect(set(mounts) <= volumes, place, "mounts a volume that is not there")
    report.expect(settings.get("RECSYS_OUT_DIR") in mounts.values(), place, "RECSYS_OUT_DIR is not on a volume")
    report.expect(pod.get("securityContext", {}).get("runAsNonRoot") is True, place, "may run as root")


def check_memory(place: str, container: dict[str, Any], max_memory_mb: int, report: Report) -> None:
    """The limit of the container leaves room for what limits.max_memory_mb does not count."""
    limit = str(container.get("resources", {}).get("limits", {}).get("memory"))
    number, unit = limit[:-2], limit[-2:]
    if not number.isdigit() or unit not in UNITS:
        report.wrong(place, f"no memory limit in Mi or Gi: {limit}")
        return
    report.expect(
        int(number) * UNITS[unit] >= 1.5 * max_memory_mb * 1_000_000,
        place,
        f"the memory limit {limit} is less than one and a half times {max_memory_mb} MB",
    )
