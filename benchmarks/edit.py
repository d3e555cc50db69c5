"""CPU seconds of an edit against the ffmpeg command line on the same job, one after the other in one run.

python benchmarks/edit.py [FFMPEG] [RUNS]    needs the ffmpeg program, as a peer only
"""

import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

FPS, SECONDS = 30, 22


def cpu(command: list[str]) -> float:
    """CPU seconds, user and system, of a command and all it started."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def sources(ffmpeg: str, folder: Path) -> None:
    """Two clips, a bed, a banner and the words of a caption as pictures."""
    from PIL import Image

    quiet = [ffmpeg, "-v", "error", "-y"]
    for name, pattern in (
        ("a", "mandelbrot=s=1280x720:r=30:end_scale=0.05"),
        ("b", "testsrc2=s=1280x720:r=30"),
    ):
        sound = ["-f", "lavfi", "-i", "anoisesrc=a=0.1:c=pink", "-f", "lavfi", "-i", pattern, "-t", "13"]
        end = ["-pix_fmt", "yuv420p", "-preset", "veryfast", str(folder / f"{name}.mp4")]
        subprocess.run([*quiet, *sound, *end], check=True)
    subprocess.run(
        [*quiet, "-f", "lavfi", "-i", "sine=f=220", "-t", "24", str(folder / "bed.mp3")], check=True
    )
    banner = Image.new("RGBA", (1080, 1920), (0, 0, 0, 0))
    banner.paste((255, 210, 63, 255), (60, 1300, 1020, 1500))
    banner.save(folder / "banner.png")


LIST = """
shape = "9:16"
[[cut]]
source = "a.mp4"
in = 0.5
out = 12
[[cut]]
source = "b.mp4"
in = 1
out = 12
transition = "fade"
overlap = 0.5
[[overlay]]
picture = "banner.png"
in = 1
out = 6
[music]
source = "bed.mp3"
"""


def peer(ffmpeg: str, folder: Path) -> list[str]:
    """The same cuts, crop, fade, banner, ducked bed and loudness, as one command."""
    fill = "scale=1080:1920:force_original_aspect_ratio=increase,crop=1080:1920,setsar=1"
    fill += f",fps={FPS},settb=1/{FPS}"
    graph = ";".join(
        [
            f"[0:v]trim=0.5:12,setpts=PTS-STARTPTS,{fill}[a]",
            f"[1:v]trim=1:12,setpts=PTS-STARTPTS,{fill}[b]",
            "[a][b]xfade=transition=fade:duration=0.5:offset=11[v]",
            "[v][3:v]overlay=0:0:enable='between(t,1,6)',format=yuv420p[out]",
            "[0:a]atrim=0.5:12,asetpts=PTS-STARTPTS[c]",
            "[1:a]atrim=1:12,asetpts=PTS-STARTPTS[d]",
            "[c][d]acrossfade=d=0.5,asplit[voice][key]",
            "[2:a]volume=-6dB[bed]",
            "[bed][key]sidechaincompress=threshold=0.01:ratio=4[low]",
            "[voice][low]amix=duration=first:normalize=0,loudnorm=I=-14:TP=-1.5,aresample=48000[sound]",
        ]
    )
    inputs = [
        word for name in ("a.mp4", "b.mp4", "bed.mp3", "banner.png") for word in ("-i", str(folder / name))
    ]
    video = ["-c:v", "libx264", "-preset", "veryfast", "-crf", "21", "-c:a", "aac", "-b:a", "160k"]
    maps = ["-filter_complex", graph, "-map", "[out]", "-map", "[sound]"]
    return [
        ffmpeg,
        "-v",
        "error",
        "-y",
        *inputs,
        *maps,
        *video,
        "-movflags",
        "+faststart",
        str(folder / "peer.mp4"),
    ]


def main() -> None:
    ffmpeg = sys.argv[1] if len(sys.argv) > 1 else "ffmpeg"
    runs = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sources(ffmpeg, folder)
        (folder / "edit.toml").write_text(LIST)
        ours = [sys.executable, "-m", "tractage.cli.main", "studio", "edit", str(folder / "edit.toml")]
        ours += ["--out", str(folder / "ours.mp4")]
        pairs = [(cpu(ours), cpu(peer(ffmpeg, folder))) for _ in range(runs)]
    mine, theirs = (statistics.median(side) for side in zip(*pairs, strict=True))
    ratio = statistics.median(a / b for a, b in pairs)
    print(f"ours {mine:.1f} CPU s, ffmpeg {theirs:.1f} CPU s for {SECONDS} s of 1080×1920; ratio {ratio:.2f}")


if __name__ == "__main__":
    main()
