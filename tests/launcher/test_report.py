"""How benchmarks report."""

import json

from bench.report import Demand, report

FIGURES = {"wall_s": 1.1234, "calls": 21}


def test_report_ends_with_one_line_of_json_and_the_status(capsys):
    status = report(
        "pipeline", figures=FIGURES, demands=[Demand("wall_s", "<=", 1.15), Demand("calls", "==", 21)]
    )
    lines = capsys.readouterr().out.splitlines()
    assert status == 0
    assert lines[:2] == ["wall_s         1.123  <= 1.150 ok", "calls             21  == 21 ok"]
    assert json.loads(lines[-1]) == {
        "bench": "pipeline",
        "figures": FIGURES,
        "demands": [
            {"figure": "wall_s", "demand": "<= 1.15", "ok": True},
            {"figure": "calls", "demand": "== 21", "ok": True},
        ],
        "ok": True,
    }


def test_missed_or_unmeasured_demand_gives_status_1(capsys):
    assert report("pipeline", figures=FIGURES, demands=[Demand("wall_s", "<", 1.1)]) == 1
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["ok"] is False
    assert report("pipeline", figures=FIGURES, demands=[Demand("lost", "==", 0)]) == 1
    assert "lost" in capsys.readouterr().out.splitlines()[2]
