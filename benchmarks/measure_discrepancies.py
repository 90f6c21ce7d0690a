"""Measure `idlibkit.discrepancies` on made news: measure_discrepancies.py

There is no public set of news in which it is marked which figures are of one thing. So
events are drawn (a hazard, a place, who was hit and how many), each told by two to five
of six outlets in one of several sentences, among sentences with other figures. The
outlets agree, or some of them give another number, or they hedge in a way that fits
("at least", "more than").

Printed for each of three drawings: of the pairs of figures from two articles under one
topic the share that is of one event; of the pairs of figures of one event the share
under one topic; and the share of events whose verdict is right.
"""

from __future__ import annotations

import random
from itertools import combinations

import pandas as pd

import idlibkit as ik

EVENTS, OUTLETS, DRAWINGS = 100, 6, (11, 12, 13)
SYLLABLES = [
    "ba",
    "dor",
    "kel",
    "mi",
    "ra",
    "von",
    "tes",
    "lu",
    "gar",
    "nim",
    "ost",
    "pel",
    "sha",
    "tur",
    "wex",
    "zan",
    "hol",
    "fre",
    "cri",
    "dun",
]
NATIONS = [
    "Chilean",
    "Danish",
    "Kenyan",
    "Peruvian",
    "Japanese",
    "Nepalese",
    "Ghanaian",
    "Polish",
    "Mexican",
    "Italian",
    "Omani",
    "Latvian",
]
PEOPLE = [
    "miners",
    "sailors",
    "farmers",
    "students",
    "soldiers",
    "nurses",
    "tourists",
    "fishermen",
    "villagers",
    "pilgrims",
    "workers",
    "hikers",
]
HAZARDS = [
    "flood",
    "quake",
    "fire",
    "storm",
    "ferry accident",
    "bus crash",
    "explosion",
    "avalanche",
    "mudslide",
    "dam burst",
]
TOLD = {
    "killed": [
        "A {hazard} killed {n} {who} near {place} on {day}.",
        "{n} {who} were killed when a {hazard} struck {place} on {day}.",
        "The {hazard} near {place} left {n} {who} dead.",
    ],
    "displaced": [
        "A {hazard} displaced {n} {who} near {place} on {day}.",
        "{n} {who} were displaced when a {hazard} struck {place} on {day}.",
        "The {hazard} near {place} forced {n} {who} to leave their homes.",
    ],
    "wounded": [
        "A {hazard} injured {n} {who} near {place} on {day}.",
        "{n} {who} were wounded when a {hazard} struck {place} on {day}.",
    ],
    "rescued": [
        "Rescuers saved {n} {who} after a {hazard} near {place} on {day}.",
        "{n} {who} were rescued from a {hazard} in {place} on {day}.",
    ],
}
BESIDE = [
    "Officials promised an inquiry into the {hazard}.",
    "Prices of bread in {place} rose by {a} percent this year.",
    "The road to {place} is {b} km long.",
    "Rescuers came from {few} other towns.",
    "The mayor of {place} asked for calm.",
    "Repairs may cost ${a} million.",
    "It was the worst {hazard} in {b} years.",
    "A school with {c} pupils stands nearby.",
]


def made(seed: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Articles; and for each its event, how its figure is given, and where."""
    rng = random.Random(seed)
    articles, truth = [], []
    for event in range(EVENTS):
        place = "".join(rng.choice(SYLLABLES) for _ in range(3)).capitalize()
        who, hazard = f"{rng.choice(NATIONS)} {rng.choice(PEOPLE)}", rng.choice(HAZARDS)
        day = pd.Timestamp("2021-01-01") + pd.Timedelta(days=rng.randrange(365))
        value = rng.choice([rng.randint(6, 40), rng.randint(50, 900)])
        harm, mode = rng.choice(sorted(TOLD)), rng.choice(["same", "other", "hedged"])
        for outlet in rng.sample(range(OUTLETS), rng.randint(2, 5)):
            said = f"{value:,}"
            if mode == "other" and rng.random() < 0.5:
                said = f"{round(value * rng.uniform(1.15, 1.9)):,}"
            if mode == "hedged":
                said = rng.choice(
                    [
                        said,
                        f"at least {round(value * 0.95):,}",
                        f"more than {round(value * 0.9):,}",
                    ]
                )
            main = rng.choice(TOLD[harm]).format(
                n=said, who=who, hazard=hazard, place=place, day=day.day_name()
            )
            main = main[0].upper() + main[1:]
            numbers = {
                "a": rng.randint(2, 60),
                "b": rng.randint(3, 90),
                "c": rng.randint(80, 700),
            }
            few = rng.choice(["two", "three", "four", "five"])
            beside = [
                rng.choice(BESIDE).format(
                    hazard=hazard, place=place, few=few, **numbers
                )
                for _ in range(rng.randint(2, 6))
            ]
            name = f"event {event}, outlet {outlet}"
            published = day + pd.Timedelta(days=rng.choice([0, 0, 1]))
            articles.append(
                (name, f"Outlet {outlet}", published, " ".join([main, *beside]))
            )
            truth.append((name, event, mode, len(main)))
    return (
        pd.DataFrame(articles, columns=["article_id", "outlet", "published", "text"]),
        pd.DataFrame(truth, columns=["article_id", "told", "mode", "stop"]),
    )


def main() -> None:
    for seed in DRAWINGS:
        articles, truth = made(seed)
        found = ik.discrepancies(ik.quantities(ik.passages(articles))).merge(
            truth, on="article_id"
        )
        found["main"] = found["start"] < found["stop"]
        right = linked = 0
        for _, topic in found.groupby("topic"):
            for one, other in combinations(
                topic[["article_id", "told", "main"]].itertuples(index=False), 2
            ):
                if one.article_id != other.article_id:
                    linked += 1
                    right += (one.told, one.main) == (other.told, other.main)
        there = sum(n * (n - 1) // 2 for n in truth.groupby("told").size())
        figures = found[found["main"]]
        together = sum(
            n * (n - 1) // 2
            for n in figures.groupby(["topic", "told"])["article_id"].nunique()
        )
        verdicts = []
        for _, event in figures.groupby("told"):
            wanted = {
                "same": ["same"],
                "hedged": ["fit", "same"],
                "other": ["contradict", "explained"],
            }
            differ = event["value"].nunique() > 1
            mode = (
                event["mode"].iloc[0]
                if event["mode"].iloc[0] != "other" or differ
                else "same"
            )
            verdicts.append(event["verdict"].iloc[0] in wanted[mode])
        print(
            f"{len(articles)} articles on {EVENTS} events: "
            f"pairs linked rightly {right / linked:.2f} ({right} of {linked}), "
            f"pairs of one event linked {together / there:.2f} ({together} of {there})"
            ", "
            f"verdicts right {sum(verdicts)} of {len(verdicts)}"
        )


if __name__ == "__main__":
    main()
