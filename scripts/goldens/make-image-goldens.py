#!/usr/bin/env python3
"""Remakes models/src/test/resources/golden/images: small synthetic pictures and what Pillow decodes and resizes them to.

usage: python scripts/goldens/make-image-goldens.py     (needs Pillow with WebP and littlecms, and NumPy)

decode.tsv  file, tolerance (largest difference of a sample; 0 = to the bit), width, height, SHA-256 of the RGB bytes.
            With a tolerance above 0, near/<file>.png holds the expected pixels.
resize.tsv  file, width, height, fit, box as x,y,w,h or -, SHA-256 of the result; pad colour #102030.
"""
import hashlib
import io
import pathlib
import shutil
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageDraw, ImageOps

OUT = pathlib.Path(__file__).resolve().parents[2] / "models/src/test/resources/golden/images"
PAD = (0x10, 0x20, 0x30)
decode_rows, resize_rows = [], []


def picture(width=37, height=29, seed=1):
    """Gradients, a disc, a line and some noise: every decoder stage has something to get wrong."""
    y, x = np.mgrid[0:height, 0:width]
    noise = np.random.RandomState(seed).randint(0, 40, (height, width, 3))
    base = np.stack([x * 215 // width, y * 215 // height, (x + y) * 215 // (width + height)], -1) + noise
    image = Image.fromarray(base.astype("uint8"))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.2, height * 0.2, width * 0.6, height * 0.7), fill=(250, 20, 30))
    draw.line((0, height, width, 0), fill=(5, 240, 250), width=2)
    return image


def alpha(width=37, height=29):
    y, x = np.mgrid[0:height, 0:width]
    return Image.fromarray(((x * 11 + y * 7) % 256).astype("uint8"))


def over_white(image):
    image = image.convert("RGBA")
    out = Image.new("RGB", image.size, "white")
    out.paste(image.convert("RGB"), mask=image.getchannel("A"))
    return out


def golden(name, data, expected=None, tolerance=0):
    """Stores an encoded picture; without `expected`, what Pillow decodes it to."""
    (OUT / name).write_bytes(data)
    if expected is None:
        opened = ImageOps.exif_transpose(Image.open(io.BytesIO(data)))
        transparent = "A" in opened.getbands() or "transparency" in opened.info
        expected = over_white(opened) if transparent else opened.convert("RGB")
    sha = hashlib.sha256(expected.tobytes()).hexdigest()
    decode_rows.append((name, tolerance, expected.width, expected.height, sha))
    if tolerance:
        expected.save(OUT / "near" / (name + ".png"), optimize=True)


def encoded(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


# --- ICC profiles, written by hand so that they are free of anybody's copyright -------------------------------------

def fixed(value):
    return struct.pack(">i", round(value * 65536))


def curve_gamma(gamma):
    return b"curv" + bytes(4) + struct.pack(">IH", 1, round(gamma * 256))


def curve_table(gamma, count=64):
    values = [round(65535 * (i / (count - 1)) ** gamma) for i in range(count)]
    return b"curv" + bytes(4) + struct.pack(">I", count) + struct.pack(f">{count}H", *values)


def curve_srgb():
    return b"para" + bytes(4) + struct.pack(">HH", 3, 0) + b"".join(
        fixed(v) for v in (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045))


def xyz(*values):
    return b"XYZ " + bytes(4) + b"".join(fixed(v) for v in values)


def profile(space, tags):
    text = b"desc" + bytes(4) + struct.pack(">I", 6) + b"facet\0" + bytes(78)
    tags = {b"desc": text, b"wtpt": xyz(0.9642, 1.0, 0.8249), b"cprt": b"text" + bytes(4) + b"none\0", **tags}
    table, body = b"", b""
    start = 128 + 4 + 12 * len(tags)
    for signature, content in tags.items():
        content += bytes(-len(content) % 4)
        table += signature + struct.pack(">II", start + len(body), len(content))
        body += content
    header = struct.pack(">I4sI4s4s4s12s4s", start + len(body), b"\0\0\0\0", 0x02400000, b"mntr", space, b"XYZ ",
                         bytes(12), b"acsp")
    header += bytes(68 - len(header)) + fixed(0.9642) + fixed(1.0) + fixed(0.8249)
    return header + bytes(128 - len(header)) + struct.pack(">I", len(tags)) + table + body


ADOBE = ((0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457))  # D50-adapted
DISPLAY_P3 = ((0.51512, 0.24120, -0.00105), (0.29198, 0.69225, 0.04189), (0.15710, 0.06657, 0.78407))
SRGB = ((0.43607, 0.22249, 0.01392), (0.38515, 0.71687, 0.09708), (0.14307, 0.06061, 0.71410))


def rgb_profile(primaries, curve):
    tags = {}
    for channel, colourant in zip(b"rgb", primaries):
        tags[bytes([channel]) + b"XYZ"] = xyz(*colourant)
        tags[bytes([channel]) + b"TRC"] = curve
    return profile(b"RGB ", tags)


def through_lcms(image, icc):
    source = ImageCms.ImageCmsProfile(io.BytesIO(icc))
    intent = ImageCms.Intent.RELATIVE_COLORIMETRIC
    srgb = ImageCms.createProfile("sRGB")
    return ImageCms.profileToProfile(image, source, srgb, renderingIntent=intent, outputMode="RGB")


# --- PNG and BMP kinds that Pillow does not write --------------------------------------------------------------------

def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(samples, depth, colour_type, interlaced=False, extra=b""):
    """samples: [height, width, channels]; the filter changes from row to row."""
    passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
    raw = b""
    for x0, y0, dx, dy in passes if interlaced else [(0, 0, 1, 1)]:
        part = samples[y0::dy, x0::dx]
        if part.size:
            raw += filtered(part, depth)
    header = struct.pack(">IIBBBBB", samples.shape[1], samples.shape[0], depth, colour_type, 0, 0, int(interlaced))
    data = zlib.compress(raw, 9)
    third = len(data) // 3
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + extra + chunk(b"IDAT", data[:third])
            + chunk(b"IDAT", b"") + chunk(b"IDAT", data[third:]) + chunk(b"IEND", b""))


def filtered(part, depth):
    step = max(1, part.shape[2] * depth // 8)
    above, raw = None, b""
    for y, row in enumerate(part):
        packed = pack(row.reshape(-1), depth)
        above = bytes(len(packed)) if above is None else above
        kind = y % 5
        out = bytearray()
        for i, value in enumerate(packed):
            left = packed[i - step] if i >= step else 0
            corner = above[i - step] if i >= step else 0
            up = above[i]
            estimate = left + up - corner
            nearest = min((abs(estimate - v), rank, v) for rank, v in enumerate((left, up, corner)))[2]
            out.append((value - (0, left, up, (left + up) // 2, nearest)[kind]) & 255)
        raw += bytes([kind]) + bytes(out)
        above = packed
    return raw


def pack(values, depth):
    if depth == 16:
        return values.astype(">u2").tobytes()
    if depth == 8:
        return values.astype("u1").tobytes()
    bits = "".join(format(int(v), f"0{depth}b") for v in values)
    bits += "0" * (-len(bits) % 8)
    return bytes(int(bits[i:i + 8], 2) for i in range(0, len(bits), 8))


def bmp(width, height, bits, compression, data, masks=b"", palette=b"", header_bytes=40):
    start = 14 + header_bytes + len(palette) + (len(masks) if header_bytes == 40 else 0)
    info = struct.pack("<IiiHHIIiiII", header_bytes, width, height, 1, bits, compression, len(data), 0, 0,
                       len(palette) // 4, 0)
    info += masks if header_bytes == 40 else (masks + bytes(header_bytes - 40 - len(masks)))
    return b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start) + info + palette + data


def exif(orientation):
    data = Image.Exif()
    data[0x0112] = orientation
    return data.tobytes()


def jpegs(rgb):
    for name, subsampling in (("444", 0), ("422", 1), ("420", 2)):
        golden(f"rgb-{name}.jpg", encoded(rgb, "JPEG", quality=88, subsampling=subsampling))
    golden("progressive.jpg", encoded(rgb, "JPEG", quality=80, progressive=True))
    golden("restarts.jpg", encoded(rgb, "JPEG", quality=80, restart_marker_blocks=2))
    golden("keep-rgb.jpg", encoded(rgb, "JPEG", quality=90, keep_rgb=True))
    golden("grey.jpg", encoded(rgb.convert("L"), "JPEG", quality=90))
    plain = encoded(rgb, "JPEG", quality=90, subsampling=0)
    golden("no-jfif.jpg", plain[:2] + plain[20:])
    golden("trailing-bytes.jpg", plain + b"camera trailer \xff\xd8\xff\x00")
    cmyk = Image.fromarray(np.dstack([np.asarray(rgb), np.asarray(alpha())]), "CMYK")
    data = encoded(cmyk, "JPEG", quality=92)
    golden("cmyk.jpg", data)
    at = data.index(b"Adobe") + 11
    golden("ycck.jpg", data[:at] + b"\x02" + data[at + 1:])
    for orientation in range(1, 9):
        golden(f"orientation-{orientation}.jpg", encoded(rgb, "JPEG", quality=75, exif=exif(orientation)))


def profiles(rgb):
    adobe = rgb_profile(ADOBE, curve_gamma(2.2))
    p3 = rgb_profile(DISPLAY_P3, curve_srgb())
    srgb = rgb_profile(SRGB, curve_srgb())
    grey = profile(b"GRAY", {b"kTRC": curve_table(1.8)})
    for name, icc in (("adobe-rgb", adobe), ("display-p3", p3)):
        data = encoded(rgb, "JPEG", quality=92, subsampling=0, icc_profile=icc)
        golden(f"icc-{name}.jpg", data, through_lcms(Image.open(io.BytesIO(data)), icc), 1)
        golden(f"icc-{name}.png", encoded(rgb, "PNG", icc_profile=icc), through_lcms(rgb, icc), 1)
    golden("icc-srgb.jpg", encoded(rgb, "JPEG", quality=92, icc_profile=srgb))
    lcms = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    golden("icc-srgb-lcms.jpg", encoded(rgb, "JPEG", quality=92, icc_profile=lcms))
    golden("icc-grey.jpg", encoded(rgb.convert("L"), "JPEG", quality=92, icc_profile=grey),
           through_lcms(Image.open(io.BytesIO(encoded(rgb.convert("L"), "JPEG", quality=92))), grey), 1)


def pngs(rgb):
    full = np.asarray(rgb).astype(int)
    grey = np.asarray(rgb.convert("L")).astype(int)[..., None]
    mask = np.asarray(alpha()).astype(int)[..., None]
    golden("rgb.png", encoded(rgb, "PNG"))
    golden("rgba.png", encoded(Image.merge("RGBA", (*rgb.split(), alpha())), "PNG"))
    golden("grey-alpha.png", encoded(Image.merge("LA", (rgb.convert("L"), alpha())), "PNG"))
    for depth in (1, 2, 4, 8):
        golden(f"grey-{depth}.png", png(grey >> (8 - depth), depth, 0), Image.fromarray(
            ((grey[..., 0] >> (8 - depth)) * 255 // (2 ** depth - 1)).astype("uint8")).convert("RGB"))
        colours = rgb.quantize(2 ** depth)
        golden(f"palette-{depth}.png", encoded(colours, "PNG", bits=depth))
    wide = grey * 256 + (grey * 37 + mask) % 256
    high_byte = Image.fromarray(grey[..., 0].astype("uint8")).convert("RGB")
    golden("grey-16.png", png(wide, 16, 0), high_byte)
    golden("rgb-16.png", png(full * 256 + mask, 16, 2))
    golden("rgba-16.png", png(np.concatenate([full, mask], 2) * 256 + 200, 16, 6))
    golden("grey-alpha-16.png", png(np.concatenate([grey, mask], 2) * 256 + 77, 16, 4),
           over_white(Image.merge("LA", (rgb.convert("L"), alpha()))))
    transparent = rgb.quantize(16)
    golden("palette-transparent.png", encoded(transparent, "PNG", transparency=bytes(range(0, 256, 16))))
    key = grey[3, 4, 0]
    white_at_key = np.where(grey == key, 255, grey)[..., 0].astype("uint8")
    golden("grey-key.png", png(grey, 8, 0, extra=chunk(b"tRNS", struct.pack(">H", key))),
           Image.fromarray(white_at_key).convert("RGB"))
    golden("rgb-key.png", png(full, 8, 2, extra=chunk(b"tRNS", struct.pack(">HHH", *full[3, 4]))))
    golden("interlaced.png", png(full, 8, 2, interlaced=True))
    golden("interlaced-grey-2.png", png(grey >> 6, 2, 0, interlaced=True),
           Image.fromarray((grey[..., 0] // 64 * 85).astype("uint8")).convert("RGB"))
    golden("interlaced-3x2.png", png(full[:2, :3], 8, 2, interlaced=True))
    golden("orientation-6.png", encoded(rgb, "PNG", exif=exif(6)))


def others(rgb):
    golden("rgb.bmp", encoded(rgb, "BMP"))
    golden("palette-8.bmp", encoded(rgb.quantize(40), "BMP"))
    golden("black-white.bmp", encoded(rgb.convert("1"), "BMP"))
    small = np.asarray(rgb)[:11, :13].astype(int)
    half = (small[..., 0] >> 3 << 11 | small[..., 1] >> 2 << 5 | small[..., 2] >> 3).astype("<u2")
    half = np.pad(half, ((0, 0), (0, 1)))
    masks565 = struct.pack("<III", 0xF800, 0x07E0, 0x001F)
    golden("bits-565.bmp", bmp(13, 11, 16, 3, half[::-1].tobytes(), masks565))
    golden("top-down.bmp", bmp(13, -11, 16, 3, half.tobytes(), masks565))
    golden("bits-555.bmp", bmp(13, 11, 16, 0, half[::-1].tobytes()))
    bgra = np.dstack([small[..., ::-1], (small[..., 0] * 3) % 256]).astype("u1")
    masks32 = struct.pack("<IIII", 0xFF0000, 0xFF00, 0xFF, 0xFF000000)
    golden("alpha-32.bmp", bmp(13, 11, 32, 3, bgra[::-1].tobytes(), masks32, header_bytes=108))
    golden("unused-32.bmp", bmp(13, 11, 32, 0, bgra[::-1].tobytes()))
    grey = b"".join(bytes((i, i, i, 0)) for i in range(256))
    runs = b"\x07\x28\x06\xf0\0\0" + b"\0\x0d" + bytes(range(10, 23)) + b"\0\0\0" + b"\x0d\x99\0\x01"
    golden("run-lengths.bmp", bmp(13, 3, 8, 1, runs, palette=grey))
    colours = rgb.quantize(60)
    golden("palette.gif", encoded(colours, "GIF", interlace=0))
    golden("interlaced.gif", encoded(colours, "GIF", interlace=1))
    golden("transparent.gif", encoded(colours, "GIF", transparency=7))
    golden("animated.gif", encoded(colours, "GIF", save_all=True, append_images=[colours.rotate(180)], duration=50))
    rgba = Image.merge("RGBA", (*rgb.split(), alpha()))
    golden("lossless.webp", encoded(rgb, "WEBP", lossless=True))
    golden("lossless-alpha.webp", encoded(rgba, "WEBP", lossless=True, exact=True))
    # The Java reader repeats chroma where libwebp interpolates it: equal for grey, near for soft colours.
    grey = rgb.convert("L").convert("RGB")
    golden("lossy-grey.webp", encoded(grey, "WEBP", quality=80), tolerance=2)
    grey.putalpha(alpha())
    golden("lossy-alpha.webp", encoded(grey, "WEBP", quality=80, exact=True), tolerance=2)
    y, x = np.mgrid[0:48, 0:64]
    soft = Image.fromarray(np.stack([x * 4, y * 5, 255 - x * 2 - y * 2], -1).astype("uint8"))
    golden("lossy-soft.webp", encoded(soft, "WEBP", quality=90), tolerance=12)
    golden("orientation-8.webp", encoded(rgb, "WEBP", lossless=True, exif=exif(8)))


# --- resize -----------------------------------------------------------------------------------------------------------

def rounded_ratio(a, b):
    return max(1, (2 * a + b) // (2 * b))


def pipeline(image, width, height, fit, box):
    """The rule of docs/adr/0003-pixels.md, carried out by Pillow."""
    if box:
        image = image.crop((box[0], box[1], box[0] + box[2], box[1] + box[3]))
    w, h = image.size
    if fit == "stretch":
        return image.resize((width, height), Image.Resampling.BILINEAR)
    width_decides = width * h <= height * w if fit == "letterbox" else width * h >= height * w
    size = (width, rounded_ratio(width * h, w)) if width_decides else (rounded_ratio(height * w, h), height)
    resized = image.resize(size, Image.Resampling.BILINEAR)
    if fit == "crop":
        left, top = (size[0] - width) // 2, (size[1] - height) // 2
        return resized.crop((left, top, left + width, top + height))
    out = Image.new("RGB", (width, height), PAD)
    out.paste(resized, ((width - size[0]) // 2, (height - size[1]) // 2))
    return out


def resizes():
    sources = {"rgb.png": picture(), "tall.png": picture(2, 402, 2), "wide.png": picture(201, 40, 3)}
    for name in ("tall.png", "wide.png"):
        golden(name, encoded(sources[name], "PNG", optimize=True))
    cases = [(name, size, fit, None) for name in sources for fit in ("letterbox", "crop", "stretch")
             for size in ((16, 16), (17, 33), (64, 48), (120, 7), (1, 1))]
    cases += [("rgb.png", (37, 29), fit, None) for fit in ("letterbox", "crop", "stretch")]
    cases += [("rgb.png", (20, 20), fit, box) for fit in ("letterbox", "crop", "stretch")
              for box in ((3, 5, 21, 11), (0, 0, 1, 29), (36, 28, 1, 1))]
    cases += [("wide.png", (100, 40), "stretch", None), ("wide.png", (201, 20), "stretch", None)]
    for name, (width, height), fit, box in cases:
        sha = hashlib.sha256(pipeline(sources[name], width, height, fit, box).tobytes()).hexdigest()
        resize_rows.append((name, width, height, fit, ",".join(map(str, box)) if box else "-", sha))


def main():
    shutil.rmtree(OUT, ignore_errors=True)
    (OUT / "near").mkdir(parents=True)
    rgb = picture()
    jpegs(rgb)
    profiles(rgb)
    pngs(rgb)
    others(rgb)
    resizes()
    for name, rows in (("decode.tsv", decode_rows), ("resize.tsv", resize_rows)):
        (OUT / name).write_text("".join("\t".join(map(str, row)) + "\n" for row in rows))


if __name__ == "__main__":
    main()
