import { isIP } from 'node:net';

/** A range of IP addresses; IPv4 counts as the part of IPv6 that stands for it. */
export interface Network {
  readonly first: bigint;
  /** Leading bits of 128 that all its addresses share. */
  readonly prefix: number;
}

const BITS = 128;
const V4_BITS = 32;
const V4_BASE = 0xffff_0000_0000n;
const V4_MASK = 0xffff_ffffn;

/** An address, or an address with `/` and the length of its prefix; undefined when it is neither. */
export function readNetwork(text: string): Network | undefined {
  const [, address = '', length] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const bits = readAddress(address);
  if (bits === undefined) return undefined;
  const width = isIP(address) === 4 ? V4_BITS : BITS;
  const given = length === undefined ? width : Number(length);
  if (given > width) return undefined;
  const prefix = given + BITS - width;
  return { first: (bits >> BigInt(BITS - prefix)) << BigInt(BITS - prefix), prefix };
}

/** The 128 bits of an IP address, a zone aside; undefined when the text is none. */
export function readAddress(text: string): bigint | undefined {
  const [address = ''] = text.split('%');
  const family = isIP(address);
  if (family === 4) return V4_BASE + readV4(address);
  return family === 6 ? readV6(address) : undefined;
}

export function isWithin(network: Network, address: bigint): boolean {
  return address >> BigInt(BITS - network.prefix) === network.first >> BigInt(BITS - network.prefix);
}

/** Whether every address of the one network is in the other. */
export function isPartOf(part: Network, whole: Network): boolean {
  return part.prefix >= whole.prefix && isWithin(whole, part.first);
}

/** The forms in which IPv6 carries an IPv4 address: bits before it, their number, bits after it. */
const EMBEDDINGS = [
  // ::a.b.c.d, deprecated
  { head: 0n, length: 96, after: 0 },
  // 64:ff9b::a.b.c.d, translated by NAT64
  { head: 0x0064_ff9bn << 64n, length: 96, after: 0 },
  // 64:ff9b:1::, the same within one site, in its usual form
  { head: 0x0064_ff9b_0001n << 48n, length: 96, after: 0 },
  // 2002:abcd::, 6to4
  { head: 0x2002n, length: 16, after: 80 },
] as const;

const LOOPBACK = [1n, V4_BASE + 0x7f00_0001n];

/** The address itself and, where it stands for others, those too: an IPv4 address, or what no address leads to. */
export function meaningsOf(address: bigint): readonly bigint[] {
  // Who connects to the unspecified address gets to the machine itself.
  if (address === 0n || address === V4_BASE) return [address, ...LOOPBACK];
  const carried = EMBEDDINGS.filter(({ head, length }) => address >> BigInt(BITS - length) === head);
  return [address, ...carried.map(({ after }) => V4_BASE + ((address >> BigInt(after)) & V4_MASK))];
}

function readV4(address: string): bigint {
  return address.split('.').reduce((bits, part) => (bits << 8n) + BigInt(part), 0n);
}

function readV6(address: string): bigint {
  const dotted = /^(.*:)([\d.]+)$/.exec(address);
  const [, start = '', tail = ''] = dotted?.[2]?.includes('.') ? dotted : [];
  const plain = tail === '' ? address : `${start}${hexPair(readV4(tail))}`;
  const [before = '', after] = plain.split('::');
  const head = groupsOf(before);
  const end = groupsOf(after ?? '');
  const zeros = after === undefined ? 0 : 8 - head.length - end.length;
  const groups = [...head, ...Array<string>(zeros).fill('0'), ...end];
  return groups.reduce((bits, group) => (bits << 16n) + BigInt(`0x${group}`), 0n);
}

const groupsOf = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));

const hexPair = (bits: bigint): string => `${(bits >> 16n).toString(16)}:${(bits & 0xffffn).toString(16)}`;
