"""Tests of the check of examples: the examples pass, and each way in which one can be wrong is found."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
import unittest
from pathlib import Path

import check_examples
from cron_table import shell_commands
from example import Report, is_cron_schedule, joined_lines
from prometheus_rules import metric_names
from trial import option, trial_words

ROOT = Path(__file__).resolve().parents[2]
COPIED = ["docs/examples", "docs/reference", "docs/operations", "Fixtures/demo", "Tools/setup"]
# Stands for the program: it refuses one flag and one setting, as the program refuses what it does not know.
PROGRAM = """#!/bin/sh
case " $* " in *" --wrong "*) echo "unknown option '--wrong'" >&2; exit 2;; esac
if [ -n "$RECSYS_WRONG" ]; then echo "no such setting" >&2; exit 2; fi
"""


class CheckExamplesTestCase(unittest.TestCase):
    """Gives each test a copy of the examples, and a program that stands for the real one."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        for name in COPIED:
            shutil.copytree(ROOT / name, self.root / name)
        self.programs = self.root / "bin"
        self.programs.mkdir()
        (self.programs / "recsys-pipelines").write_text(PROGRAM, encoding="utf-8")
        (self.programs / "recsys-pipelines").chmod(0o755)

    def check(self) -> tuple[int, str]:
        """The exit status of the check and what it printed."""
        output = io.StringIO()
        with contextlib.redirect_stdout(output), contextlib.redirect_stderr(output):
            status = check_examples.main(["--root", str(self.root), "--binary", str(self.programs)])
        return status, output.getvalue()

    def assert_found(self, example: str, old: str, new: str, message: str) -> None:
        """With `old` replaced by `new` the example is found wrong, with these words and its name."""
        path = self.root / "docs/examples" / example
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text)
        path.write_text(text.replace(old, new), encoding="utf-8")
        status, output = self.check()
        self.assertEqual(status, 1, output)
        self.assertIn(message, output)
        self.assertIn(f"docs/examples/{example}:", output)


class AllExamplesTests(CheckExamplesTestCase):
    """The check as a whole."""

    def test_the_examples_pass(self) -> None:
        status, output = self.check()
        self.assertEqual(status, 0, output)
        self.assertIn(" command lines tried, 0 findings", output)

    def test_a_program_that_is_not_built(self) -> None:
        (self.programs / "recsys-pipelines").unlink()
        status, output = self.check()
        self.assertEqual(status, 2)
        self.assertIn("build it first", output)

    def test_a_file_that_no_check_knows(self) -> None:
        (self.root / "docs/examples/systemd/notes.txt").write_text("", encoding="utf-8")
        self.assertIn("notes.txt:1: no check knows this kind of file", self.check()[1])

    def test_no_examples(self) -> None:
        shutil.rmtree(self.root / "docs/examples")
        self.assertEqual(self.check()[0], 2)


class RefusedCommandTests(CheckExamplesTestCase):
    """A flag that the program does not know is found in each kind of example."""

    def test_docker(self) -> None:
        self.assert_found("docker/Dockerfile", "--window-days 7", "--wrong 7", "unknown option '--wrong'")

    def test_systemd(self) -> None:
        self.assert_found(
            "systemd/recsys-pipelines@.service", "--log-level=warning", "--wrong", "unknown option '--wrong'"
        )

    def test_cron(self) -> None:
        self.assert_found("cron/recsys-pipelines", "--log-level=warning", "--wrong", "unknown option '--wrong'")

    def test_kubernetes(self) -> None:
        self.assert_found("kubernetes/cronjob.yaml", "- --log-level=warning", "- --wrong", "unknown option '--wrong'")

    def test_airflow(self) -> None:
        self.assert_found(
            "airflow/recsys_pipelines.py", '"--log-level=warning"', '"--wrong"', "unknown option '--wrong'"
        )

    def test_a_setting(self) -> None:
        self.assert_found("cron/recsys-pipelines", "RECSYS_RAW_EVENTS_DIR=", "RECSYS_WRONG=", "no such setting")


class DockerTests(CheckExamplesTestCase):
    """Dockerfiles."""

    example = "docker/Dockerfile"

    def test_an_entry_point_in_a_shell(self) -> None:
        self.assert_found(self.example, '["recsys-pipelines"]', "recsys-pipelines", "exec form")

    def test_a_script_that_is_not_there(self) -> None:
        self.assert_found(
            self.example, "setup/build.sh", "setup/make.sh", "runs what is not there: Tools/setup/make.sh"
        )

    def test_root(self) -> None:
        self.assert_found(self.example, "USER 10001:10001", "USER root", "USER is not numbers")

    def test_a_volume_elsewhere(self) -> None:
        self.assert_found(self.example, 'VOLUME ["/data"]', 'VOLUME ["/out"]', "VOLUME is not RECSYS_OUT_DIR")

    def test_sources_left_out(self) -> None:
        path = self.root / "docs/examples/docker/Dockerfile.dockerignore"
        path.write_text("Tests\n", encoding="utf-8")
        self.assertIn("leaves Tests out", self.check()[1])


class SystemdTests(CheckExamplesTestCase):
    """Units and their environment files."""

    service = "systemd/recsys-pipelines@.service"

    def test_codes_that_are_retried(self) -> None:
        self.assert_found(self.service, "=1 2 3 4 5 8 SIGKILL", "=1 2 3 SIGKILL", "RestartPreventExitStatus has 1 2 3;")

    def test_a_variable_without_a_value(self) -> None:
        self.assert_found(self.service, "${WINDOW_DAYS}", "${DAYS}", "demo-home.env has no DAYS")

    def test_no_instance(self) -> None:
        (self.root / "docs/examples/systemd/demo-home.env").unlink()
        self.assertIn("no file of an instance's environment", self.check()[1])

    def test_a_folder_that_cannot_be_written_to(self) -> None:
        self.assert_found(self.service, "ReadWritePaths=/srv/recsys ", "ReadWritePaths=", "does not have /srv/recsys")

    def test_what_oneshot_refuses(self) -> None:
        self.assert_found(self.service, "RestartSec=", "RestartForceExitStatus=6\nRestartSec=", "refuses")

    def test_a_line_that_is_no_setting(self) -> None:
        self.assert_found(self.service, "Nice=10", "be nice", "neither a section nor a setting")

    def test_a_time_zone(self) -> None:
        self.assert_found("systemd/recsys-pipelines@.timer", "02:30:00 UTC", "02:30:00", "not in UTC")


class CronTests(CheckExamplesTestCase):
    """Files of /etc/cron.d."""

    example = "cron/recsys-pipelines"

    def test_a_time_that_never_comes(self) -> None:
        self.assert_found(self.example, "30 2-4 ", "30 24 ", "no schedule: 30 24")

    def test_no_user(self) -> None:
        self.assert_found(
            self.example, " * recsys recsys-pipelines $NIGHTLY", " * recsys-pipelines $NIGHTLY", "another"
        )

    def test_an_end_of_the_line(self) -> None:
        self.assert_found(self.example, "--surface feed", "--surface %", "takes %")

    def test_a_variable_without_a_value(self) -> None:
        self.assert_found(self.example, "PROM=", "METRICS=", "a variable that is not set: 'PROM'")


class KubernetesTests(CheckExamplesTestCase):
    """Objects of Kubernetes."""

    example = "kubernetes/cronjob.yaml"

    def test_no_yaml(self) -> None:
        self.assert_found(self.example, "spec:\n", "spec: [\n", "no YAML")

    def test_a_key_twice(self) -> None:
        self.assert_found(
            self.example, "  timeZone: Etc/UTC", "  timeZone: x\n  timeZone: y", "timeZone is there twice"
        )

    def test_codes_that_are_retried(self) -> None:
        self.assert_found(self.example, "[1, 2, 3, 4, 5, 8]", "[1, 2, 3, 4, 5, 6, 8]", "FailJob has 1 2 3 4 5 6 8")

    def test_no_time_zone(self) -> None:
        self.assert_found(self.example, "  timeZone: Etc/UTC\n", "", "timeZone is not Etc/UTC")

    def test_a_claim_that_is_not_there(self) -> None:
        self.assert_found(self.example, "claimName: recsys-data", "claimName: data", "no claim data")

    def test_too_little_memory(self) -> None:
        limits = 'limits: {cpu: "2", memory: '
        self.assert_found(self.example, f"{limits}1Gi", f"{limits}600Mi", "600Mi is less than")

    def test_a_number_for_a_string(self) -> None:
        self.assert_found(self.example, 'value: "512"', "value: 512", "the value of RECSYS_LIMITS_MAX_MEMORY_MB")


class AirflowTests(CheckExamplesTestCase):
    """DAGs of Airflow."""

    example = "airflow/recsys_pipelines.py"

    def test_no_python(self) -> None:
        self.assert_found(self.example, "def weekly() -> DAG:", "def weekly() -> DAG", "no Python")

    def test_codes_that_are_retried(self) -> None:
        self.assert_found(self.example, "{6, 7, 130, 143}", "{6, 7, 8}", "WORTH_A_RETRY has")

    def test_a_template_that_is_not_known(self) -> None:
        self.assert_found(
            self.example, "{{ data_interval_start | ds }}", "{{ ds }}", "no template that this check knows"
        )


class PrometheusTests(CheckExamplesTestCase):
    """Alert rules."""

    example = "prometheus/alerts.yml"

    def test_a_metric_that_is_not_there(self) -> None:
        self.assert_found(
            self.example, "recsys_run_exit_code == 4", "recsys_exit_code == 4", "no metric recsys_exit_code"
        )

    def test_a_runbook_that_is_not_there(self) -> None:
        self.assert_found(self.example, "runbooks/stale-artifacts.md", "runbooks/stale.md", "the runbook is not there")

    def test_a_runbook_without_an_alert(self) -> None:
        (self.root / "docs/operations/runbooks/new.md").write_text("", encoding="utf-8")
        self.assertIn("no alert has the runbook new.md", self.check()[1])


class PartTests(unittest.TestCase):
    """The parts that the checks are made of."""

    def test_schedules_of_cron(self) -> None:
        for schedule in ["30 2-4 * * *", "*/5 * * * *", "0 0,12 1-31/2 12 7"]:
            self.assertTrue(is_cron_schedule(schedule.split()), schedule)
        for schedule in ["60 * * * *", "0 5-2 * * *", "0 * * *", "a * * * *", "*/0 * * * *", "5- * * * *"]:
            self.assertFalse(is_cron_schedule(schedule.split()), schedule)

    def test_lines_that_go_on(self) -> None:
        self.assertEqual(joined_lines("a \\\nb\nc\n"), [(1, "a b"), (3, "c")])
        self.assertEqual(joined_lines("a\\"), [(1, "a")])

    def test_commands_of_the_shell(self) -> None:
        report = Report()
        found = shell_commands("one $A >/dev/null && two 'x y' ; three", {"A": "b c"}, 1, report)
        self.assertEqual(found, [["one", "b", "c"], ["two", "x y"], ["three"]])
        self.assertEqual(report.findings, [])

    def test_metrics_of_an_expression(self) -> None:
        found = metric_names('absent(a_b{c="d"}) unless on (e) rate(f[5m]) > 30 * 3600 and time() - g != 0')
        self.assertEqual(found, {"a_b", "f", "g"})

    def test_values_of_options(self) -> None:
        self.assertEqual(option(["run", "--a", "1", "--b=2"], "--a"), "1")
        self.assertEqual(option(["run", "--a", "1", "--b=2"], "--b"), "2")
        self.assertIsNone(option(["run", "--a"], "--a"))

    def test_words_of_a_trial(self) -> None:
        self.assertEqual(
            trial_words(["run", "--out-dir", "/srv", "--metrics-file=/m"]),
            ["run", "--out-dir", "store", "--metrics-file=metrics.prom", "--end", "2026-01-07", "--dry-run"],
        )
        self.assertEqual(trial_words(["verify", "--all"]), ["verify", "--all"])


if __name__ == "__main__":
    unittest.main()
