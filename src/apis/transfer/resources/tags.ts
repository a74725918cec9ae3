import { invalidRequest } from '../faults.ts';
import type { Tag } from '../model/types.gen.ts';

/** Where a server should listen: `HOST:PORT`, or a port of the configured host. */
export const LISTEN_TAG = 'orrery:listen';

const MOST_TAGS = 50;
const RESERVED = /^aws:/i;
/** Keys under the reserved prefix that clients set themselves. */
const SETTABLE = ['aws:transfer:customHostname', 'aws:transfer:route53HostedZoneId'];
const LISTEN = /^(?:(?:\[[0-9a-fA-F:.]+\]|[^:\s[\]]+):)?(\d{1,5})$/;

/** The tags of something new. Throws InvalidRequestException. */
export function newTags(tags: readonly Tag[] = []): readonly Tag[] {
  const keys = new Set(tags.map(({ Key: key }) => key));
  if (keys.size < tags.length) throw invalidRequest('The keys of tags must be different from each other');
  return mergeTags([], tags);
}

/** A key that is there already gets the new value. Throws InvalidRequestException. */
export function mergeTags(before: readonly Tag[], added: readonly Tag[]): readonly Tag[] {
  added.forEach(checkTag);
  const merged = new Map([...before, ...added].map((tag) => [tag.Key, tag]));
  if (merged.size > MOST_TAGS) throw invalidRequest(`A resource can have at most ${MOST_TAGS} tags`);
  return [...merged.values()];
}

export function withoutTags(before: readonly Tag[], keys: readonly string[]): readonly Tag[] {
  return before.filter(({ Key: key }) => !keys.includes(key));
}

export function tagValue(tags: readonly Tag[], key: string): string | undefined {
  return tags.find((tag) => tag.Key === key)?.Value;
}

function checkTag({ Key: key, Value: value }: Tag): void {
  if (key === '') throw invalidRequest('The key of a tag must not be empty');
  if (RESERVED.test(key) && !SETTABLE.includes(key))
    throw invalidRequest(`Keys of tags that begin with aws: are reserved: ${key}`);
  if (key === LISTEN_TAG && !(Number(LISTEN.exec(value)?.[1]) <= 65_535))
    throw invalidRequest(`The value of the tag ${LISTEN_TAG} must be a port, or HOST:PORT`);
}
