import { type ConditionTest, compileCondition } from './condition.ts';
import { compilePattern, type Matches } from './pattern.ts';

/** What is being asked: may `action` be done to `resource`, given these condition keys? */
export interface Question {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string | readonly string[]>>;
}

/** One statement, ready to be applied. */
export interface Statement {
  readonly effect: 'Allow' | 'Deny';
  readonly applies: (question: Question) => boolean;
}

/** A policy document that cannot be understood. `path` leads to the place, for example `Statement[0].Effect`. */
export class PolicyError extends Error {
  override readonly name = 'PolicyError';
  readonly path: readonly (string | number)[];
  /** What is wrong there, without the path. */
  readonly reason: string;

  constructor(path: readonly (string | number)[], reason: string) {
    super(`${printPath(path)}: ${reason}`);
    this.path = path;
    this.reason = reason;
  }
}

const printPath = (path: readonly (string | number)[]): string =>
  path.reduce<string>(
    (text, part) => (typeof part === 'number' ? `${text}[${part}]` : text === '' ? part : `${text}.${part}`),
    '',
  ) || 'policy';

type Path = readonly (string | number)[];
type Document = Readonly<Record<string, unknown>>;

/** IAM's, then RAM's: their documents differ in nothing else but the form of resources. */
const VERSIONS = ['2012-10-17', '2008-10-17', '1'];
const DOCUMENT_KEYS = ['Version', 'Id', 'Statement'];
const STATEMENT_KEYS = ['Sid', 'Effect', 'Action', 'NotAction', 'Resource', 'NotResource', 'Condition'];

/** Checks a policy document of IAM or RAM and compiles its statements. Throws `PolicyError`. */
export function readPolicy(document: unknown): readonly Statement[] {
  const policy = object(document, []);
  knownKeys(policy, DOCUMENT_KEYS, []);
  const version = policy.Version;
  if (version !== undefined && !VERSIONS.includes(String(version)))
    throw new PolicyError(['Version'], `must be one of ${VERSIONS.join(', ')}`);
  const statements = policy.Statement;
  if (statements === undefined) throw new PolicyError(['Statement'], 'is missing');
  if (!Array.isArray(statements)) return [readStatement(statements, ['Statement'])];
  return statements.map((statement, at) => readStatement(statement, ['Statement', at]));
}

function readStatement(value: unknown, path: Path): Statement {
  const statement = object(value, path);
  knownKeys(statement, STATEMENT_KEYS, path);
  const effect = statement.Effect;
  if (effect !== 'Allow' && effect !== 'Deny')
    throw new PolicyError([...path, 'Effect'], 'must be Allow or Deny');
  const action = readMatch(statement, 'Action', path);
  const resource = readMatch(statement, 'Resource', path);
  const conditions = readConditions(statement.Condition, [...path, 'Condition']);
  return {
    effect,
    applies: (question) =>
      action(question.action) &&
      resource(question.resource) &&
      conditions.every((test) => test(question.context)),
  };
}

/** Exactly one of a name and its `Not` form; actions are compared without regard to case. */
function readMatch(statement: Document, name: 'Action' | 'Resource', path: Path): Matches {
  const negated = `Not${name}`;
  if ((statement[name] === undefined) === (statement[negated] === undefined))
    throw new PolicyError(path, `must have either ${name} or ${negated}`);
  const key = statement[name] === undefined ? negated : name;
  const patterns = texts(statement[key], [...path, key]).map((text, at) =>
    compilePattern(checkMatch(name, text, [...path, key, at]), { ignoreCase: name === 'Action' }),
  );
  const some: Matches = (text) => patterns.some((matches) => matches(text));
  return key === name ? some : (text) => !some(text);
}

function checkMatch(name: 'Action' | 'Resource', text: string, path: Path): string {
  if (text === '*') return text;
  if (name === 'Action' && !/^[\w*?-]+:[\w*?-]+$/.test(text))
    throw new PolicyError(path, `'${text}' is not an action like swf:StartWorkflowExecution`);
  if (name === 'Resource' && !/^(?:arn|acs|\*)/.test(text))
    throw new PolicyError(path, `'${text}' is neither an ARN like arn:… or acs:… nor *`);
  return text;
}

function readConditions(value: unknown, path: Path): readonly ConditionTest[] {
  if (value === undefined) return [];
  return Object.entries(object(value, path)).flatMap(([operator, keys]) =>
    Object.entries(object(keys, [...path, operator])).map(([key, wanted]) => {
      const place = [...path, operator, key];
      return compileCondition({ operator, key, wanted: texts(wanted, place) }, (reason) => {
        throw new PolicyError(place, reason);
      });
    }),
  );
}

function object(value: unknown, path: Path): Document {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new PolicyError(path, 'must be an object');
  return value as Document;
}

function knownKeys(value: Document, known: readonly string[], path: Path): void {
  for (const key of Object.keys(value))
    if (!known.includes(key)) throw new PolicyError([...path, key], 'is not a known element');
}

/** One text or a list of them; numbers and booleans, as conditions allow them, count as their text. */
function texts(value: unknown, path: Path): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (list.length === 0) throw new PolicyError(path, 'must not be empty');
  return list.map((entry, at) => {
    // Taken literally, a variable would make a Deny that never applies.
    if (typeof entry === 'string' && entry.includes('${'))
      throw new PolicyError([...path, at], 'policy variables are not supported');
    if (typeof entry === 'string') return entry;
    if (typeof entry === 'number' || typeof entry === 'boolean') return String(entry);
    throw new PolicyError([...path, at], 'must be a string');
  });
}
