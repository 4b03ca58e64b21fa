"""One program for group-time effects on one file: NAME FILE COVARIATES DRAWS.

Prints a line of JSON: processor seconds and seconds of the estimate with its draws, the simple and the dynamic aggregation
included; the peak of the process in MB; the simple effect.
"""

import importlib
import json
import resource
import sys
import time
import warnings

import pandas as pd

warnings.filterwarnings("ignore")
name, path, covariates, draws = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
panel = pd.read_csv(path)
columns = [f"x{at}" for at in range(covariates)]
formula = "y ~ " + " + ".join(columns) if columns else "y ~ 1"


def diff_diff():
    estimator = module.CallawaySantAnna(control_group="never_treated", estimation_method="dr", n_bootstrap=draws, seed=1)
    found = estimator.fit(
        panel, outcome="y", unit="id", time="t", first_treat="g", covariates=columns or None, aggregate="event_study"
    )
    return found.overall_att


def csdid():
    cells = module.ATTgt(
        yname="y", gname="g", idname="id", tname="t", control_group="nevertreated",
        xformla=formula if columns else None, data=panel, biters=draws, cband=True,
    ).fit(est_method="dr")
    simple = cells.aggte("simple", biters=draws)
    effect = simple.atte["overall_att"]
    cells.aggte("dynamic", biters=draws)
    return effect


def differences():
    data = panel.copy()
    data["g"] = data["g"].where(data["g"] > 0)
    cells = module.ATTgt(data=data.set_index(["id", "t"]), cohort_column="g")
    asked = {"boot_iterations": draws, "random_state": 1, "n_jobs": 1}
    cells.fit(formula=formula if columns else "y", est_method="dr", progress_bar=False, **asked)
    simple = cells.aggregate("simple", **asked)
    cells.aggregate("event", **asked)
    return simple.iloc[0, 0]


run = {"diff-diff": diff_diff, "csdid": csdid, "differences": differences}[name]
module = importlib.import_module({"diff-diff": "diff_diff", "csdid": "csdid.att_gt", "differences": "differences"}[name])
processor, clock = time.process_time(), time.perf_counter()
effect = float(run())
processor, clock = time.process_time() - processor, time.perf_counter() - clock
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"processor": processor, "seconds": clock, "peak": peak, "effect": effect}))
