"""Codes that GeoNames gives first-level subdivisions (mostly FIPS 10-4) → the part after the stroke in ISO 3166-2.

Only countries where one subdivision of GeoNames is one of ISO; elsewhere the code stays empty rather than guessed.
"""

from __future__ import annotations

#: GeoNames uses the letters of ISO 3166-2 itself.
SAME_AS_ISO = frozenset({"BE", "CH", "GB", "US"})


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split(":") for pair in text.split())


ADMIN1 = {
    "AU": _pairs("01:ACT 02:NSW 03:NT 04:QLD 05:SA 06:TAS 07:VIC 08:WA"),
    "BR": _pairs(
        "01:AC 02:AL 03:AP 04:AM 05:BA 06:CE 07:DF 08:ES 11:MS 13:MA 14:MT 15:MG 16:PA 17:PB 18:PR 20:PI 21:RJ 22:RN "
        "23:RS 24:RO 25:RR 26:SC 27:SP 28:SE 29:GO 30:PE 31:TO"
    ),
    "CA": _pairs("01:AB 02:BC 03:MB 04:NB 05:NL 07:NS 08:ON 09:PE 10:QC 11:SK 12:YT 13:NT 14:NU"),
    "CN": _pairs(
        "01:AH 02:ZJ 03:JX 04:JS 05:JL 06:QH 07:FJ 08:HL 09:HA 10:HE 11:HN 12:HB 13:XJ 14:XZ 15:GS 16:GX 18:GZ 19:LN "
        "20:NM 21:NX 22:BJ 23:SH 24:SX 25:SD 26:SN 28:TJ 29:YN 30:GD 31:HI 32:SC 33:CQ"
    ),
    "DE": _pairs("01:BW 02:BY 03:HB 04:HH 05:HE 06:NI 07:NW 08:RP 09:SL 10:SH 11:BB 12:MV 13:SN 14:ST 15:TH 16:BE"),
    "ES": _pairs(
        "07:IB 27:RI 29:MD 31:MC 32:NC 34:AS 39:CB 51:AN 52:AR 53:CN 54:CM 55:CL 56:CT 57:EX 58:GA 59:PV 60:VC "
        "CE:CE ML:ML"
    ),
    "FR": _pairs("11:IDF 24:CVL 27:BFC 28:NOR 32:HDF 44:GES 52:PDL 53:BRE 75:NAQ 76:OCC 84:ARA 93:PAC 94:20R"),
    "IT": _pairs(
        "01:65 02:77 03:78 04:72 05:45 06:36 07:62 08:42 09:25 10:57 11:67 12:21 13:75 14:88 15:82 16:52 17:32 18:55 "
        "19:23 20:34"
    ),
    "JP": _pairs(
        "01:23 02:05 03:02 04:12 05:38 06:18 07:40 08:07 09:21 10:10 11:34 12:01 13:28 14:08 15:17 16:03 17:37 18:46 "
        "19:14 20:39 21:43 22:26 23:24 24:04 25:45 26:20 27:42 28:29 29:15 30:44 31:33 32:27 33:41 34:11 35:25 36:32 "
        "37:22 38:09 39:36 40:13 41:31 42:16 43:30 44:06 45:35 46:19 47:47"
    ),
    "KR": _pairs(
        "01:49 03:45 05:43 06:42 10:26 11:11 12:28 13:41 14:47 15:27 16:46 17:44 18:29 19:30 20:48 21:31 22:50"
    ),
    "MX": _pairs(
        "01:AGU 02:BCN 03:BCS 04:CAM 05:CHP 06:CHH 07:COA 08:COL 09:CMX 10:DUR 11:GUA 12:GRO 13:HID 14:JAL 15:MEX "
        "16:MIC 17:MOR 18:NAY 19:NLE 20:OAX 21:PUE 22:QUE 23:ROO 24:SLP 25:SIN 26:SON 27:TAB 28:TAM 29:TLA 30:VER "
        "31:YUC 32:ZAC"
    ),
    "PL": _pairs("72:02 73:04 74:10 75:06 76:08 77:12 78:14 79:16 80:18 81:20 82:22 83:24 84:26 85:28 86:30 87:32"),
    "UA": _pairs(
        "01:71 02:74 03:77 04:12 05:14 06:26 07:63 08:65 09:68 10:35 11:43 12:30 13:32 14:09 15:46 16:48 17:51 18:53 "
        "19:56 20:40 21:59 22:61 23:05 24:07 25:21 26:23 27:18"
    ),
}


def iso_3166_2(country: str, admin1: str) -> str:
    """The ISO 3166-2 code for a subdivision of GeoNames; empty where it is not known for certain."""
    part = admin1 if country in SAME_AS_ISO else ADMIN1.get(country, {}).get(admin1, "")
    return f"{country}-{part}" if part else ""
