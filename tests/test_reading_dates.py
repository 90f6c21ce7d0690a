"""parse_dates: what news exports write, and what is left missing."""

import datetime

import numpy as np
import pandas as pd
import pytest
from corpora import ARMY, REBELS, quiet
from hypothesis import given
from hypothesis import strategies as st

from idlibkit.reading.dates import parse_dates


@pytest.mark.parametrize(
    ("written", "local", "zone"),
    [
        ("2018-01-10", "2018-01-10", None),
        ("2018-1-9", "2018-01-09", None),
        ("2018/01/10", "2018-01-10", None),
        ("20180110", "2018-01-10", None),
        ("20180110175300", "2018-01-10 17:53", None),
        ("20180110T175300Z", "2018-01-10 17:53", "+00:00"),
        ("2018-01-10T17:53", "2018-01-10 17:53", None),
        ("2018-01-10T17:53:00Z", "2018-01-10 17:53", "+00:00"),
        ("2018-01-10 17:53:01.123+02:00", "2018-01-10 17:53:01.123", "+02:00"),
        ("2018-01-10T17:53:00+0530", "2018-01-10 17:53", "+05:30"),
        ("2018-01-10T17:53:00-05", "2018-01-10 17:53", "-05:00"),
        ("2018-01-10 17:53:00 UTC", "2018-01-10 17:53", "+00:00"),
        ("Wed, 10 Jan 2018 17:53:00 +0200", "2018-01-10 17:53", "+02:00"),
        ("Wed, 10 Jan 2018 17:53:00 GMT", "2018-01-10 17:53", "+00:00"),
        ("10 Jan 2018 17:53:00 EST", "2018-01-10 17:53", "-05:00"),
        ("Wed Jan 10 17:53:00 +0000 2018", "2018-01-10 17:53", "+00:00"),
        (
            "Wed Jan 10 2018 17:53:00 GMT+0300 (Moscow Standard Time)",
            "2018-01-10 17:53",
            "+03:00",
        ),
        ("Jan 10, 2018", "2018-01-10", None),
        ("Jan 10,2018", "2018-01-10", None),
        ("January 10th, 2018", "2018-01-10", None),
        ("10th of January 2018", "2018-01-10", None),
        ("10-Jan-2018", "2018-01-10", None),
        ("10JAN2018", "2018-01-10", None),
        ("2018 January 10", "2018-01-10", None),
        ("Wednesday, January 10, 2018 5:53 PM", "2018-01-10 17:53", None),
        ("January 10, 2018 Wednesday 5:53 PM GMT", "2018-01-10 17:53", "+00:00"),
        ("Published: February 7, 2020 05:53 PM", "2020-02-07 17:53", None),
        ("Thu 6 Feb 2020 17.53 GMT", "2020-02-06 17:53", "+00:00"),
        ("Jan. 10, 2018 at 12:01 a.m. EDT", "2018-01-10 00:01", "-04:00"),
        ("Jan 10 2018 12:30\u202fPM", "2018-01-10 12:30", None),
        ("5:53 p.m. IST, 10 Sept 2018", "2018-09-10 17:53", "IST"),
        ("10.01.2018", "2018-01-10", None),
        ("10.01.2018 17:53", "2018-01-10 17:53", None),
        ("31/12/19", "2019-12-31", None),
        ("12/31/1999", "1999-12-31", None),
        ("1515606780", "2018-01-10 17:53", "+00:00"),
        ("1515606780000", "2018-01-10 17:53", "+00:00"),
    ],
)
def test_dates_of_news_exports(written, local, zone):
    published, zones, notes = parse_dates(pd.Series([written], index=["x"]))
    assert published["x"] == pd.Timestamp(local) and notes == []
    assert zones.tolist() == [zone or np.nan]


@pytest.mark.parametrize(
    "written",
    [
        *(
            "yesterday",
            "2 hours ago",
            "Jan 2018",
            "2018",
            "2018-01",
            "2018-13-40",
            "30 Feb 2018",
            "10 Jan",
            "43110",
        ),
        *(
            "2018-01-10T25:00",
            "foo 10 Jan 2018",
            "10 Jan 2018 and 11 Jan 2018",
            "9999-01-01",
            "0",
        ),
    ],
)
def test_what_is_no_full_date_stays_missing_and_is_said(written):
    published, zone, (note,) = parse_dates(pd.Series([written, "2018-01-10", "", None]))
    assert published.isna().tolist() == [True, False, True, True] and zone.isna().all()
    assert note.startswith(
        f"1 of 4 dates could not be read and are left missing ({written!r})"
    )


def test_day_or_month_first():
    def read(*dates):
        return parse_dates(pd.Series(dates))

    published, _, notes = read("02/01/2018", "01/31/2018")
    assert published.dt.month.tolist() == [2, 1] and notes == []
    published, _, notes = read("02/01/2018", "31/01/2018", "3.4.2018")
    assert published.dt.month.tolist() == [1, 1, 4] and notes == []
    published, _, (note,) = read("02/01/2018", "03/03/2018")
    assert (
        published.dt.month.tolist() == [1, 3]
        and "'02/01/2018' do not show whether the day or the month" in note
    )
    published, _, (note, lost) = read("31/01/2018", "01/31/2018")
    assert (
        published.isna().tolist() == [False, True]
        and "both with the day first" in note
        and "1 of 2" in lost
    )


def test_dates_that_are_not_text():
    stamps = pd.Series(pd.to_datetime(["2018-01-10 17:53", None]))
    published, zone, _ = parse_dates(stamps)
    assert published.tolist() == stamps.tolist() and zone.isna().all()
    published, zone, _ = parse_dates(stamps.dt.tz_localize("Europe/Berlin"))
    assert published[0] == stamps[0] and zone.tolist() == ["+01:00", np.nan]
    published, zone, _ = parse_dates(pd.Series([1515606780.0, np.nan, 20180110]))
    assert published.tolist() == [stamps[0], pd.NaT, pd.Timestamp("2018-01-10")]
    published, _, _ = parse_dates(
        pd.Series(
            [datetime.date(2018, 1, 10), None, datetime.datetime(2018, 1, 10, 17, 53)]
        )
    )
    assert published.tolist() == [pd.Timestamp("2018-01-10"), pd.NaT, stamps[0]]


@given(
    st.datetimes(datetime.datetime(1600, 1, 1), datetime.datetime(2100, 1, 1)),
    st.integers(-14 * 4, 14 * 4),
)
def test_iso_round_trip(moment, quarters):
    zone = datetime.timezone(datetime.timedelta(minutes=15 * quarters))
    published, zones, notes = parse_dates(
        pd.Series([moment.replace(tzinfo=zone).isoformat(), moment.isoformat(" ")])
    )
    assert published.tolist() == [pd.Timestamp(moment)] * 2 and notes == []
    assert zones[0] == moment.replace(tzinfo=zone).isoformat()[-6:] and pd.isna(
        zones[1]
    )


@given(st.lists(st.text(max_size=20), max_size=5))
def test_any_text_is_a_date_or_missing(texts):
    published, zone, _ = parse_dates(pd.Series(texts, dtype="str"))
    assert (
        len(published) == len(zone) == len(texts)
        and published.dtype == "datetime64[us]"
    )


def test_dates_that_do_not_parse_name_the_source():
    _, said = quiet(
        pd.DataFrame(
            {
                "outlet": ["A", "B"],
                "text": [ARMY, REBELS],
                "published": ["soon", "2018-01-10"],
            }
        )
    )
    (note,) = said
    assert note == (
        "the DataFrame: 1 of 2 dates could not be read and are left missing ('soon'); "
        "write them as 2018-01-31 or 2018-01-31T17:53+02:00."
    )
