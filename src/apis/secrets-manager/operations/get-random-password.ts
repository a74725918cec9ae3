import { newSecret } from '../../../kernel/ids.ts';
import { invalidParameter } from '../faults.ts';
import type { GetRandomPasswordRequest, GetRandomPasswordResponse } from '../model/types.gen.ts';
import type { SecretsManager } from '../secrets-manager.ts';

const DEFAULT_LENGTH = 32;

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_GetRandomPassword.html */
export function getRandomPassword(
  _manager: SecretsManager,
  input: GetRandomPasswordRequest,
): GetRandomPasswordResponse {
  const { PasswordLength: length = DEFAULT_LENGTH, RequireEachIncludedType: each = true } = input;
  const types = includedTypes(input);
  if (types.length === 0) throw invalidParameter('There are no characters left to make a password of.');
  if (each && length < types.length)
    throw invalidParameter('The password length is too short based on the required types.');
  const required = each ? types.map(someCharacter) : [];
  const all = types.join('');
  const others = Array.from({ length: length - required.length }, () => someCharacter(all));
  return { RandomPassword: shuffled([...required, ...others]).join('') };
}

/** The characters of each type, without those that are not wanted; no type is empty. */
function includedTypes(input: GetRandomPasswordRequest): readonly string[] {
  const excluded = new Set(input.ExcludeCharacters);
  return [
    input.ExcludeLowercase ? '' : 'abcdefghijklmnopqrstuvwxyz',
    input.ExcludeUppercase ? '' : 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
    input.ExcludeNumbers ? '' : '0123456789',
    input.ExcludePunctuation ? '' : '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
    input.IncludeSpace ? ' ' : '',
  ]
    .map((characters) => [...characters].filter((character) => !excluded.has(character)).join(''))
    .filter((characters) => characters !== '');
}

/** Each as likely as the others: a byte that would favour the first ones is drawn again. */
function someCharacter(characters: string): string {
  const end = 256 - (256 % characters.length);
  for (;;) {
    const byte = newSecret(1).readUInt8();
    if (byte < end) return characters.charAt(byte % characters.length);
  }
}

function shuffled(characters: readonly string[]): readonly string[] {
  return characters
    .map((character) => ({ character, place: newSecret(6).readUIntBE(0, 6) }))
    .sort((a, b) => a.place - b.place)
    .map(({ character }) => character);
}
