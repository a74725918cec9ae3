import type { Secret } from '../../../secrets/secret.ts';
import { invalidParameter } from '../faults.ts';
import { fitsValues, fitsWord } from '../inferred.ts';
import type { Filter, FilterNameStringType } from '../model/types.gen.ts';

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Filter.html */
export function fitsFilters(secret: Secret, filters: readonly Filter[]): boolean {
  return filters.every(({ Key: key, Values: values }) => {
    if (key === undefined) throw invalidParameter('Invalid filter key');
    if (values === undefined) throw invalidParameter(`Invalid filter values for key: ${key}`);
    return fitsValues(values, (value) => FITS[key](secret, value));
  });
}

const FITS: Readonly<Record<FilterNameStringType, (secret: Secret, value: string) => boolean>> = {
  name: ({ name }, value) => name.startsWith(value),
  description: ({ description = '' }, value) => {
    const [words, wanted] = [wordsOf(description), wordsOf(value)];
    return wanted.length > 0 && wanted.every((word) => fitsWord(words, word));
  },
  'tag-key': ({ tags = {} }, value) => Object.keys(tags).some((key) => key.startsWith(value)),
  'tag-value': ({ tags = {} }, value) => Object.values(tags).some((text) => text.startsWith(value)),
  // Nothing is replicated here, nor owned by another service.
  'primary-region': () => false,
  'owning-service': () => false,
  all: ({ name, description = '', tags = {} }, value) => {
    const words = [name, description, ...Object.entries(tags).flat()].flatMap(wordsOf);
    return wordsOf(value).some((word) => fitsWord(words, word));
  },
};

/** A word ends where small letters turn to capitals, letters to digits, and at everything else. */
const wordsOf = (text: string): string[] =>
  (text.match(/[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[0-9]+/g) ?? []).map((word) => word.toLowerCase());
