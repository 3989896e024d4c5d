import { crc32, deflateSync } from "node:zlib";

/** A chunk of a PNG file: its length, its name, its bytes, and a sum over the last two. */
const chunk = (name: string, bytes: Buffer): Buffer => {
  const named = Buffer.concat([Buffer.from(name, "latin1"), bytes]);
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(bytes.length);
  sum.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, sum]);
};

/** Where things stand in the head of an XWD file, by the format's own header (X11/XWDFile.h). */
const at = { headerSize: 0, width: 16, height: 20, bitsPerPixel: 44, bytesPerLine: 48, colours: 76 } as const;

/** What Xvfb shows, out of the file it keeps (XWD, 32 bits a pixel, blue first), as a PNG. */
export const pngOfScreen = (xwd: Buffer): Buffer => {
  const word = (offset: number): number => xwd.readUInt32BE(offset);
  if (word(at.bitsPerPixel) !== 32) throw new Error(`A screen with ${word(at.bitsPerPixel)} bits a pixel.`);
  const [width, height] = [word(at.width), word(at.height)];
  const pixels = word(at.headerSize) + word(at.colours) * 12;
  const lines = Buffer.alloc(height * (width * 3 + 1));
  for (let y = 0, to = 0; y < height; y += 1) {
    // No filter for this line.
    to += 1;
    for (let x = 0, from = pixels + y * word(at.bytesPerLine); x < width; x += 1, from += 4) {
      lines.writeUIntBE(xwd.readUIntLE(from, 3), to, 3);
      to += 3;
    }
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  // Eight bits for each of red, green and blue.
  head.set([8, 2], 8);
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk("IHDR", head),
    chunk("IDAT", deflateSync(lines)),
    chunk("IEND", Buffer.alloc(0)),
  ]);
};
