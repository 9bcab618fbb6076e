"""A DAG for each tenant and surface, with a run for each UTC day, and one that verifies and cleans up every week.

For Airflow 3 (tried with 3.3) with the standard provider. The programs are on the PATH of the workers, and all
workers share OUT_DIR, with locks (flock) that hold between them.

A DAG run is a day, so each day is run by its date: to run old days again, clear their runs. The run of a day waits for
that of the day before: an artifact over a week must not lack a day in silence.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta, timezone

from airflow.providers.standard.hooks.subprocess import SubprocessHook
from airflow.sdk import DAG, BaseOperator, Context, CronDataIntervalTimetable
from airflow.sdk.exceptions import AirflowException, AirflowFailException

OWNERS = [("demo", "home"), ("demo", "feed")]
FIRST_DAY = datetime(2026, 1, 1, tzinfo=timezone.utc)
OUT_DIR = "/srv/recsys"
WINDOW_DAYS = "7"

# The lock is held, storage failed, or it was stopped. Everything else ends the same way until somebody changes
# something.
WORTH_A_RETRY = {6, 7, 130, 143}


class RecsysPipelines(BaseOperator):
    """Runs the program; its exit code says whether a retry may help.

    BashOperator retries after every code but those that it takes for "skipped", and a skipped task is not a failed one.
    """

    template_fields = ("arguments",)

    def __init__(self, *, arguments: Sequence[str], **options) -> None:
        super().__init__(**options)
        self.arguments = arguments
        self.hook = SubprocessHook()

    def execute(self, context: Context) -> None:
        """Runs it to its end, with its output in the task's log."""
        code = self.hook.run_command(["recsys-pipelines", *self.arguments]).exit_code
        if code in WORTH_A_RETRY:
            raise AirflowException(f"exit code {code}: a retry may help")
        if code != 0:
            raise AirflowFailException(f"exit code {code}: see the error above; a retry does not help")

    def on_kill(self) -> None:
        """Stops the program with the task: else it would go on, and hold the lock."""
        self.hook.send_sigterm()


def daily(tenant: str, surface: str) -> DAG:
    """The DAG of one tenant and surface."""
    with DAG(
        dag_id=f"recsys_{tenant}_{surface}",
        # A data interval from 02:30 to 02:30 UTC. Its run starts at its end: two and a half hours after the end of the
        # UTC day that it began on, which is the day that is run.
        schedule=CronDataIntervalTimetable("30 2 * * *", timezone="UTC"),
        start_date=FIRST_DAY,
        # The days since FIRST_DAY are run first, one after the other.
        catchup=True,
        max_active_runs=1,
        tags=["recsys"],
    ) as dag:
        RecsysPipelines(
            task_id="run",
            arguments=[
                "run",
                "--tenant",
                tenant,
                "--surface",
                surface,
                "--start",
                "{{ data_interval_start | ds }}",
                "--end",
                "{{ data_interval_start | ds }}",
                "--window-days",
                WINDOW_DAYS,
                "--out-dir",
                OUT_DIR,
                "--log-level=warning",
            ],
            depends_on_past=True,
            retries=3,
            retry_delay=timedelta(minutes=15),
            execution_timeout=timedelta(hours=6),
        )
    return dag


def weekly() -> DAG:
    """Reads everything that is stored, then removes what nothing needs; not if something is damaged."""
    with DAG(
        dag_id="recsys_weekly",
        # At a time when nobody publishes.
        schedule="0 12 * * 0",
        start_date=FIRST_DAY,
        catchup=False,
        max_active_runs=1,
        tags=["recsys"],
    ) as dag:
        verify = RecsysPipelines(
            task_id="verify",
            arguments=["verify", "--all", "--out-dir", OUT_DIR],
        )
        collect = RecsysPipelines(
            task_id="gc",
            arguments=["gc", "--keep-versions", "30", "--apply", "--out-dir", OUT_DIR],
            retries=3,
            retry_delay=timedelta(minutes=15),
        )
        verify >> collect
    return dag


for owner in OWNERS:
    globals()[f"recsys_{owner[0]}_{owner[1]}"] = daily(*owner)
recsys_weekly = weekly()
