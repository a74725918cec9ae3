import type { DiffieHellmanGroup } from 'node:crypto';
import type { Connection as SshClient } from 'ssh2';
import { FieldWriter } from '../packets/field-writer.ts';
import { ClientLists } from './client-lists.ts';
import type { GroupRequest } from './group-exchange.ts';
import type { OneAnswer, OwnGroup } from './key-exchange.ts';
import { KEY_EXCHANGES } from './key-exchanges.ts';

/**
 * Key exchanges for ssh2, which cannot be given any. It is shown the client's list with this one in the place of what both sides
 * chose, and of what it then makes of this one the few parts are replaced in which exchanges differ: all else of RFC 4253, sections
 * 7 and 8, stays ssh2's.
 */
export const STAND_IN = 'diffie-hellman-group14-sha256';

type TakePayload = (payload: Buffer) => unknown;

interface List {
  array: readonly string[];
}

type Side = Readonly<Record<'cipher' | 'mac' | 'compress' | 'lang', List>>;

interface Offer {
  readonly constructor: new (lists: object) => Offer;
  readonly lists: { readonly kex: List; readonly serverHostKey: List; readonly cs: Side; readonly sc: Side };
}

/** What ssh2 makes of the stand-in. */
interface Exchange {
  readonly negotiated: { kex: string };
  /** In errors; `groupex` has the request for the group signed too. */
  type: string;
  hashName: string;
  _remoteKexinit: Buffer;
  _dh: DiffieHellmanGroup;
  _public: Buffer;
  _minBits: number;
  _prefBits: number;
  _maxBits: number;
  parse: TakePayload;
  convertPublicKey(share: Buffer): Buffer;
  computeSecret(share: Buffer): Buffer | Error;
  getPublicKey(): Buffer;
}

interface Protocol {
  readonly _compatFlags: number;
  _offer: Offer;
  readonly _kex: Exchange | undefined;
  _skipNextInboundPacket: boolean;
  /** Takes each packet outside of exchanges; those of the first go to the decipher of that time. */
  _onPayload: TakePayload;
  readonly _decipher: { _onPayload: TakePayload };
  readonly _cipher: { encrypt(packet: Buffer): void };
  readonly _packetRW: { readonly write: Writer };
  readonly _onError: (error: Error) => void;
  readonly _destruct: () => void;
  disconnect(reason: number): void;
}

interface Writer {
  readonly allocStartKEX: number;
  alloc(length: number, isOfExchange: boolean): Buffer;
  finalize: (packet: Buffer, isOfExchange: boolean) => Buffer;
}

const STRICT = 'kex-strict-s-v00@openssh.com';
/** Of the clients that ssh2 knows to do group exchange wrongly. */
const BAD_GROUP_EXCHANGE = 1;
const KEY_EXCHANGE_FAILED = 3;

const KEXINIT = 20;
const INIT = 30;
const REPLY = 31;
/** RFC 4419. */
const GROUP = { GROUP: 31, INIT: 32, REPLY: 33, REQUEST: 34 } as const;

/** Offers these exchanges, to be called before the handshake. Costs a comparison for each packet received. */
export function offerKeyExchanges(client: SshClient, names: readonly string[]): void {
  const { _protocol: protocol } = client as unknown as { readonly _protocol: Protocol };
  const isBad = (name: string): boolean =>
    (protocol._compatFlags & BAD_GROUP_EXCHANGE) !== 0 && name.includes('group-exchange');
  const offered = names.filter((name) => !isBad(name));
  protocol._offer = offerOf(protocol._offer, offered);
  const taking = (take: TakePayload): TakePayload => {
    return (payload) =>
      payload[0] === KEXINIT ? negotiate({ protocol, offered, payload, take }) : take(payload);
  };
  protocol._onPayload = taking(protocol._onPayload);
  protocol._decipher._onPayload = taking(protocol._decipher._onPayload);
}

function offerOf({ constructor: KexInit, lists }: Offer, exchanges: readonly string[]): Offer {
  const side = ({ cipher, mac, compress, lang }: Side): object => {
    return { cipher: cipher.array, mac: mac.array, compress: compress.array, lang: lang.array };
  };
  const { serverHostKey, cs, sc } = lists;
  const kex = [...exchanges, STRICT];
  return new KexInit({ kex, serverHostKey: serverHostKey.array, cs: side(cs), sc: side(sc) });
}

interface Negotiation {
  readonly protocol: Protocol;
  readonly offered: readonly string[];
  readonly payload: Buffer;
  readonly take: TakePayload;
}

function negotiate({ protocol, offered, payload, take }: Negotiation): unknown {
  const theirs = new ClientLists(payload);
  const name = theirs.exchanges.find((one) => offered.includes(one)) ?? '';
  const exchange = KEY_EXCHANGES.get(name);
  const { _kex: before } = protocol;
  const result =
    exchange === undefined
      ? take(payload)
      : takingStandIn(protocol, () => take(theirs.naming(name, STAND_IN)));
  const { _kex: made } = protocol;
  if (made === undefined || made === before) return result;
  const isGuessRight =
    theirs.exchanges[0] === offered[0] && theirs.hostKey === protocol._offer.lists.serverHostKey.array[0];
  // ssh2 takes every guess for a wrong one.
  if (isGuessRight) protocol._skipNextInboundPacket = false;
  if (exchange === undefined) return result;
  made.negotiated.kex = name;
  made._remoteKexinit = payload;
  made.hashName = exchange.hash;
  if (exchange.kind === 'answer') answerOnce(made, name, exchange);
  else askForGroup(made, protocol, exchange);
  return result;
}

/** What is sent names what is truly offered all the same. */
function takingStandIn({ _offer: { lists } }: Protocol, take: () => unknown): unknown {
  const { array } = lists.kex;
  lists.kex.array = [STAND_IN];
  try {
    return take();
  } finally {
    lists.kex.array = array;
  }
}

function answerOnce(made: Exchange, name: string, { answer }: OneAnswer): void {
  let ours: Buffer = Buffer.alloc(0);
  made.type = name;
  made.convertPublicKey = (share) => share;
  made.computeSecret = (theirs) => {
    try {
      const { share, secret } = answer(theirs);
      ours = share;
      return secret;
    } catch (error) {
      return error as Error;
    }
  };
  made.getPublicKey = () => ours;
}

/** Two messages come before those of a fixed group, and the reply has another number. */
function askForGroup(made: Exchange, protocol: Protocol, { choose }: OwnGroup): void {
  const { parse } = made;
  made.parse = (payload) => {
    const request = payload[0] === GROUP.REQUEST ? groupRequest(payload) : undefined;
    const group = request && choose(request);
    if (request === undefined || group === undefined)
      return refuse(protocol, 'no group for what the client asks');
    made.type = 'groupex';
    made._minBits = request.least;
    made._prefBits = request.preferred;
    made._maxBits = request.most;
    made._dh = group;
    made._public = group.generateKeys();
    sendGroup(protocol, group);
    made.parse = (init) => {
      if (init[0] !== GROUP.INIT || isNegative(init)) return refuse(protocol, 'no share for group exchange');
      made.parse = parse;
      init[0] = INIT;
      return replyingAs(GROUP.REPLY, protocol, () => made.parse(init));
    };
    return undefined;
  };
}

function groupRequest(payload: Buffer): GroupRequest | undefined {
  const fields = payload.subarray(1);
  if (fields.length !== 12) return undefined;
  return { least: fields.readUInt32BE(0), preferred: fields.readUInt32BE(4), most: fields.readUInt32BE(8) };
}

/** ssh2 would take the share for a number without a sign. */
function isNegative(init: Buffer): boolean {
  return (init[1 + 4] ?? 0) >= 0x80;
}

function sendGroup({ _packetRW: { write }, _cipher }: Protocol, group: DiffieHellmanGroup): void {
  const [prime, generator] = [group.getPrime(), group.getGenerator()].map(positive) as [Buffer, Buffer];
  const message = new FieldWriter(GROUP.GROUP).string(prime).string(generator).packet().subarray(4);
  const packet = write.alloc(message.length, true);
  packet.set(message, write.allocStartKEX);
  _cipher.encrypt(write.finalize(packet, true));
}

/** As SSH writes numbers: those whose first bit is set are negative. */
function positive(number: Buffer): Buffer {
  return (number[0] ?? 0) < 0x80 ? number : Buffer.concat([Buffer.of(0), number]);
}

/** The reply to a share goes out under that number. */
function replyingAs(number: number, { _packetRW: { write } }: Protocol, call: () => unknown): unknown {
  const { finalize } = write;
  write.finalize = (packet, isOfExchange) => {
    const at = write.allocStartKEX;
    if (packet[at] === REPLY) packet[at] = number;
    return finalize.call(write, packet, isOfExchange);
  };
  try {
    return call();
  } finally {
    write.finalize = finalize;
  }
}

/** As ssh2 gives a connection up in the middle of an exchange: nothing more is read. */
function refuse(protocol: Protocol, reason: string): number {
  protocol.disconnect(KEY_EXCHANGE_FAILED);
  protocol._destruct();
  protocol._onError(Object.assign(new Error(`Handshake failed: ${reason}`), { level: 'handshake' }));
  return Number.POSITIVE_INFINITY;
}
