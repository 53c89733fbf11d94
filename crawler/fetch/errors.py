"""Say why an exchange failed; each class says which kind of failure it is.

httpx.TransportError           what every caller of plain httpx catches
    BlockedAddressError             we do not go to where the name leads
    ExchangeError              the exchange failed, with its FailureKind
        NameNotResolvedError, ConnectionFailedError, BadCertificateError, ConnectTooSlowError,
        AnswerTooSlowError, TrickledBodyError, TruncatedError, BadResponseError,
        BodyTooLargeError, BadEncodingError
"""

import httpx

from crawler.fetch.outcome import FailureKind


class BlockedAddressError(httpx.ConnectError):
    """The name leads to an address we do not go to: only the operator can allow it."""


class ExchangeError(httpx.TransportError):
    """One exchange failed; kind says what to do about it."""

    kind: FailureKind


class NameNotResolvedError(ExchangeError, httpx.ConnectError):
    """The name has no address now: try again later."""

    kind = FailureKind.DNS


class ConnectionFailedError(ExchangeError, httpx.ConnectError):
    """Nobody answers at the address: try again later."""

    kind = FailureKind.CONNECT


class ConnectTooSlowError(ExchangeError, httpx.ConnectTimeout):
    """No connection within the time: try again later."""

    kind = FailureKind.TIMEOUT


class BadCertificateError(ExchangeError, httpx.ConnectError):
    """The server does not prove who it is: a person has to look."""

    kind = FailureKind.TLS


class AnswerTooSlowError(ExchangeError, httpx.ReadTimeout):
    """No answer, or none that goes on, within the time: try again later."""

    kind = FailureKind.TIMEOUT


class TrickledBodyError(ExchangeError, httpx.ReadTimeout):
    """The body comes drop by drop: try again later."""

    kind = FailureKind.TOO_SLOW


class TruncatedError(ExchangeError, httpx.ReadError):
    """The connection ended before the answer did: try again soon."""

    kind = FailureKind.TRUNCATED


class BadResponseError(ExchangeError, httpx.RemoteProtocolError):
    """What came is not one well-framed HTTP answer."""

    kind = FailureKind.BAD_RESPONSE


class BodyTooLargeError(ExchangeError, httpx.RemoteProtocolError):
    """The body is larger than anything we read."""

    kind = FailureKind.BODY_TOO_LARGE


class BadEncodingError(ExchangeError, httpx.RemoteProtocolError):
    """The body is not what its Content-Encoding says."""

    kind = FailureKind.BAD_ENCODING
