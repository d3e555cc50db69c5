"""Put an XMP packet into a finished picture, byte for byte, without decoding it."""

import struct
import zlib

_PNG = b"\x89PNG\r\n\x1a\n"
_XMP_PNG = b"XML:com.adobe.xmp\0\0\0\0\0"
_XMP_JPEG = b"http://ns.adobe.com/xap/1.0/\0"
_XMP_GIF = b"!\xff\x0bXMP DataXMP"


def with_xmp(data: bytes, media_type: str, packet: bytes) -> bytes:
    """Return `data` carrying `packet`; kinds with no simple place for it (video, WebP) stay as they are."""
    if media_type == "image/png" and data.startswith(_PNG):
        body = b"iTXt" + _XMP_PNG + packet
        chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
        return data[:33] + chunk + data[33:]
    if media_type == "image/jpeg" and data.startswith(b"\xff\xd8"):
        segment = _XMP_JPEG + packet
        at = 4 + int.from_bytes(data[4:6], "big") if data[2:4] == b"\xff\xe0" else 2
        return data[:at] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + data[at:]
    if media_type == "image/gif" and data.startswith(b"GIF89a"):
        trailer = b"\x01" + bytes(range(0xFF, -1, -1)) + b"\0"
        return data[:-1] + _XMP_GIF + packet + trailer + data[-1:]
    return data
