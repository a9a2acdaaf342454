/** @throws if the bytes are no PNG */
export function sizeOfPng(bytes: Uint8Array): { width: number; height: number } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (buffer.subarray(0, 8).toString('hex') !== '89504e470d0a1a0a') throw new Error('this is no PNG');
  return { width: buffer.readUInt32BE(16), height: buffer.readUInt32BE(20) };
}
