"""ISO 4217: the codes of the currencies in use, recognised in every language beside a number, and whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

ISO_4217 = frozenset(
    (
        "AED AFN ALL AMD ANG AOA ARS ATS AUD AWG AZN BAM BBD BDT BEF BGN BHD BIF BMD BND "
        "BOB BOV BRL BSD BTN BWP BYN BYR BZD CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC "
        "CUC CUP CVE CYP CZK DEM DJF DKK DOP DZD EEK EGP ERN ESP ETB EUR FIM FJD FKP FRF "
        "GBP GEL GHS GIP GMD GNF GRD GTQ GYD HKD HNL HRK HTG HUF IDR IEP ILS INR IQD IRR "
        "ISK ITL JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LTL "
        "LUF LVL LYD MAD MDL MGA MKD MMK MNT MOP MRO MRU MTL MUR MVR MWK MXN MXV MYR MZN "
        "NAD NGN NIO NLG NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PTE PYG QAR ROL RON RSD "
        "RUB RWF SAR SBD SCR SDD SDG SEK SGD SHP SIT SKK SLE SLL SOS SRD SSP STD STN SVC "
        "SYP SZL THB TJS TMT TND TOP TRL TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS "
        "VEB VED VEF VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD "
        "XPF XPT XSU XUA YER ZAR ZMK ZMW ZWD ZWG ZWL "
    ).split()
)

SIGNS = {
    "US$": "USD", "CA$": "CAD", "C$": "CAD", "A$": "AUD", "AU$": "AUD", "NZ$": "NZD", "NT$": "TWD", "HK$": "HKD",
    "S$": "SGD", "R$": "BRL", "US $": "USD", "U.S. $": "USD", "$US": "USD", "U$S": "USD",
    "Can$": "CAD", "Cdn$": "CAD", "$CA": "CAD", "$ CA": "CAD", "$CAN": "CAD", "$ CAN": "CAD", "SB$": "SBD",
    "SI$": "SBD", "EC$": "XCD", "TT$": "TTD", "J$": "JMD", "Bds$": "BBD", "FJ$": "FJD", "F$": "FJD", "WS$": "WST",
    "T$": "TOP", "N$": "NAD", "L$": "LRD", "G$": "GYD", "BZ$": "BZD", "RD$": "DOP", "MX$": "MXN", "Mex$": "MXN",
    **{f"{code}$": code for code in (
        "AUD BBD BSD BZD CAD FJD GYD HKD JMD LRD NAD NZD SBD SGD TTD TWD USD XCD").split()},
}  # fmt: skip
"""Signs of dollars and reais that say whose they are, in every language."""

SHARED: Mapping[str, frozenset[str]] = {
    currency: frozenset(countries.split())
    for currency, countries in {
        "AUD": "KI NR TV",
        "CHF": "LI",
        "EUR": "AD AT BE BG CY DE EE ES FI FR GR HR IE IT LT LU LV MC ME MT NL PT SI SK SM VA XK",
        "ILS": "PS",
        "USD": "EC FM MH PA PW SV TL",
        "XAF": "CF CG CM GA GQ TD",
        "XCD": "AG DM GD KN LC VC",
        "XOF": "BF BJ CI GW ML NE SN TG",
    }.items()
}
"""ISO 3166-1 codes of the countries that use a currency of others (ISO 4217, list one; Bulgaria's euro is of 2026)."""


FORMER: Mapping[str, tuple[str, date]] = {
    "BYN": ("BYR", date(2016, 7, 1)),
    "MRU": ("MRO", date(2018, 1, 1)),
    "RON": ("ROL", date(2005, 7, 1)),
    "SDG": ("SDD", date(2007, 1, 10)),
    "SLE": ("SLL", date(2022, 7, 1)),
    "STN": ("STD", date(2018, 1, 1)),
    "TRY": ("TRL", date(2005, 1, 1)),
    "ZMW": ("ZMK", date(2013, 1, 1)),
}
"""Currencies that took the place of another of the same name, which had more noughts, with its code and the first day
of the new one (ISO 4217, list three)."""


def of_its_day(currency: str, published: date | None) -> str:
    """The code that a currency's name stood for on the day of publication: *kwacha* of 1999 are not those of today."""
    old, since = FORMER.get(currency, (currency, date.min))
    return old if published is not None and published < since else currency


def is_own(currency: str, country: str) -> bool:
    """True where ``currency`` is the money of ``country``: a code of ISO 4217 begins with the country's of ISO 3166-1,
    or ``SHARED`` names it.
    """
    return bool(country) and (currency[:2] == country or country in SHARED.get(currency, ()))


def own_of(country: str, currencies: Iterable[str]) -> str:
    """The one of ``currencies`` that is the money of ``country``; empty where none is."""
    return next((currency for currency in currencies if is_own(currency, country)), "")
