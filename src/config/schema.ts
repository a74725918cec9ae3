import { readNetwork } from '../lib/network.ts';
import { PolicyError, readPolicy } from '../policy/document.ts';
import { Problem } from './problem.ts';
import {
  existing,
  fields,
  flag,
  inside,
  listOf,
  mapOf,
  mapping,
  matching,
  oneOf,
  optional,
  type Place,
  type Read,
  text,
  url,
  wholeNumber,
  withDefault,
} from './read.ts';

/** A policy document of IAM or RAM, understood but not yet compiled. */
const policy: Read<unknown> = (value, { path }) => {
  try {
    readPolicy(value);
    return value;
  } catch (error) {
    if (error instanceof PolicyError) throw new Problem([...path, ...error.path], error.reason);
    throw error;
  }
};

export const account = matching(/^\d{12}$/, '12 digits in quotes');
export const region = matching(/^[a-z0-9-]{1,64}$/, 'a region name such as us-east-1');

const key = fields({
  id: matching(/^[A-Za-z0-9_.]{3,128}$/, '3 to 128 letters, digits, underscores and dots'),
  secret: text,
  account: optional(account),
  sessionToken: optional(text),
  policies: listOf(policy),
});

/** A list of entries that are told apart by one of their texts. */
const distinct =
  <K extends string, T extends { readonly [P in K]: string }>(read: Read<T>, by: K): Read<readonly T[]> =>
  (value, place) => {
    const list = listOf(read)(value, place);
    const seen = new Set<string>();
    for (const [at, entry] of list.entries()) {
      if (seen.has(entry[by])) throw new Problem([...place.path, at, by], 'is used by another entry too');
      seen.add(entry[by]);
    }
    return list;
  };

/** A role of AWS or of Alibaba Cloud. */
const role = fields({
  arn: matching(/^(?:arn|acs):/, 'an ARN like arn:… or acs:…'),
  policies: listOf(policy),
});

/** HOST:PORT; an IPv6 address stands in brackets. */
export const listen: Read<{ readonly host: string; readonly port: number }> = (value, { path }) => {
  const parts =
    typeof value === 'string' ? /^(?:\[([0-9a-fA-F:.]+)\]|([^:\s]+)):(\d{1,5})$/.exec(value) : null;
  const port = Number(parts?.[3]);
  if (parts === null || port > 65_535) throw new Problem(path, 'must be HOST:PORT, the port at most 65535');
  return { host: parts[1] ?? parts[2] ?? '', port };
};

export type StoreChoice = { readonly kind: 'sqlite' } | { readonly kind: 'postgres'; readonly url: string };

export const store: Read<StoreChoice> = (value, { path }) => {
  if (value === 'sqlite') return { kind: 'sqlite' };
  if (typeof value === 'string' && /^postgres(?:ql)?:$/.test(URL.parse(value)?.protocol ?? ''))
    return { kind: 'postgres', url: value };
  throw new Problem(path, 'must be sqlite or postgres://user:password@host/database');
};

const directoryBucket = fields({
  directory: existing('directory'),
  region: optional(region),
  versioning: withDefault(flag, false),
});

const remoteBucket = fields({
  endpoint: url,
  bucket: text,
  region: optional(region),
  accessKeyId: optional(text),
  secretAccessKey: optional(text),
  forcePathStyle: withDefault(flag, false),
  /** Whether the endpoint keeps versions of this bucket's objects. */
  versioning: withDefault(flag, false),
});

const bucket: Read<ReturnType<typeof directoryBucket> | ReturnType<typeof remoteBucket>> = (value, place) =>
  ['endpoint', 'bucket'].some((key) => Object.hasOwn(mapping(value, place), key))
    ? remoteBucket(value, place)
    : directoryBucket(value, place);

/** What SWF accepts as the name of a domain, task list or type. */
const swfName = matching(/^(?!arn$)[^:/|\p{Cc}]{1,256}$/u, '1 to 256 characters without : / |');

const activity = fields({
  domain: swfName,
  taskList: swfName,
  type: optional(swfName),
  version: withDefault(swfName, '1'),
  account: optional(account),
  region: optional(region),
  scheduleToStartTimeout: optional(wholeNumber),
  startToCloseTimeout: optional(wholeNumber),
  scheduleToCloseTimeout: optional(wholeNumber),
  heartbeatTimeout: optional(wholeNumber),
});

/** Exactly one way of calling a function. */
const FUNCTION_KINDS = {
  url,
  command: (value: unknown, place: Place): readonly string[] => {
    const command = listOf(text)(value, place);
    if (command.length === 0) throw new Problem(place.path, 'must be a list of program and arguments');
    return command;
  },
  module: existing('file'),
  lambda: fields({
    endpoint: url,
    functionName: text,
    region: optional(region),
    accessKeyId: optional(text),
    secretAccessKey: optional(text),
  }),
  activity,
};

export type FunctionChoice =
  | { readonly kind: 'url'; readonly url: string }
  | { readonly kind: 'command'; readonly command: readonly string[]; readonly folder: string }
  | { readonly kind: 'module'; readonly module: string }
  | { readonly kind: 'lambda'; readonly lambda: ReturnType<typeof FUNCTION_KINDS.lambda> }
  | { readonly kind: 'activity'; readonly activity: ReturnType<typeof activity> };

const callable: Read<FunctionChoice> = (value, place) => {
  const given = mapping(value, place);
  const names = Object.keys(given);
  const [name] = names;
  if (names.length !== 1 || name === undefined)
    throw new Problem(place.path, 'must have exactly one of url, command, module, lambda, activity');
  const at = inside(place, name);
  switch (name) {
    case 'url':
      return { kind: name, url: FUNCTION_KINDS.url(given[name], at) };
    case 'command':
      return { kind: name, command: FUNCTION_KINDS.command(given[name], at), folder: place.folder };
    case 'module':
      return { kind: name, module: FUNCTION_KINDS.module(given[name], at) };
    case 'lambda':
      return { kind: name, lambda: FUNCTION_KINDS.lambda(given[name], at) };
    case 'activity':
      return { kind: name, activity: FUNCTION_KINDS.activity(given[name], at) };
    default:
      throw new Problem(at.path, 'unknown key; known are url, command, module, lambda, activity');
  }
};

const ports: Read<{ readonly first: number; readonly last: number }> = (value, { path }) => {
  const parts = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(String(value));
  const first = Number(parts?.[1]);
  const last = Number(parts?.[2] ?? parts?.[1]);
  if (!(first >= 1 && first <= last && last <= 65_535))
    throw new Problem(path, 'must be a port or a range such as 2222-2299');
  return { first, last };
};

const sftp = fields({
  host: withDefault(text, '127.0.0.1'),
  ports: withDefault(ports, { first: 2222, last: 2299 }),
});

/** A host name, perhaps with `*.` before it, an IP address, or a network such as 10.0.0.0/8. */
const destination: Read<string> = (value, { path }) => {
  const isName = typeof value === 'string' && /^(?:\*\.)?(?:[A-Za-z0-9_-]+\.)*[A-Za-z0-9_-]+$/.test(value);
  // What looks like an address must be one: a name of digits alone would never match.
  const isKnown = isName && !/^[\d.]+$/.test(value);
  if (typeof value !== 'string' || !(isKnown || readNetwork(value) !== undefined))
    throw new Problem(path, 'must be a host name, an IP address or a network such as 10.0.0.0/8');
  return value;
};

const destinations = fields({ allow: listOf(destination), deny: listOf(destination) });

const swf = fields({
  /** Of a poll that finds nothing. */
  idleTaskToken: withDefault(oneOf('empty', 'absent'), 'empty'),
});

const transfer = fields({
  sftp: (value, place) => sftp(value ?? {}, place),
  throttle: withDefault(oneOf('none', 'aws'), 'none'),
  /** Where requests to identity providers may go. */
  http: (value, place) => destinations(value ?? {}, place),
  endedExecutions: withDefault(oneOf('visible', 'hidden'), 'visible'),
  temporarySuffixes: listOf(matching(/^[^/]{1,64}$/, '1 to 64 characters without a slash')),
});

const queueName = matching(
  /^[A-Za-z0-9][A-Za-z0-9_-]{0,127}$/,
  '1 to 128 letters, digits, hyphens and underscores',
);

const queueNames: Read<readonly string[]> = (value, place) => {
  const names = listOf(queueName)(value, place);
  if (names.length === 0) throw new Problem(place.path, 'must be a list of queues');
  return names;
};

const cloudflow = fields({
  /** Where HTTP requests of tasks may go. */
  http: (value, place) => destinations(value ?? {}, place),
  /** Where calls of other products are sent. */
  products: mapOf(fields({ url })),
  /** Queues that get what is published to a topic. */
  topics: mapOf(queueNames),
});

/** Every key of the configuration file that is not one of the simple options. */
export const SECTIONS = {
  keys: distinct(key, 'id'),
  buckets: mapOf(bucket),
  fileSystems: mapOf(fields({ directory: existing('directory') })),
  mounts: listOf(
    fields({ match: matching(/^[a-z]+:\/\/./, 'a URI prefix'), directory: existing('directory') }),
  ),
  functions: mapOf(callable),
  roles: distinct(role, 'arn'),
  strictRoles: withDefault(flag, false),
  swf: ((value, place) => swf(value ?? {}, place)) as Read<ReturnType<typeof swf>>,
  cloudflow: ((value, place) => cloudflow(value ?? {}, place)) as Read<ReturnType<typeof cloudflow>>,
  /** The thread on which SQLite works. */
  writer: withDefault(oneOf('main', 'worker'), 'main'),
  transfer: ((value, place) => transfer(value ?? {}, place)) as Read<ReturnType<typeof transfer>>,
} as const;
