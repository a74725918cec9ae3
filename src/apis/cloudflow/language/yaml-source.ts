import {
  Composer,
  type CST,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import { DefinitionError } from './definition-error.ts';
import type { DefinitionLimits } from './definition-limits.ts';
import type { SourceEntry, SourceNode, SourceScalar } from './source-node.ts';
import { lineAt, notUnderstood, notYaml, tooDeep, YamlCutter } from './yaml-cutter.ts';
import { fitsCollection, mayBeTag, shortTag, taggedValue } from './yaml-tags.ts';

/**
 * YAML or JSON text as nodes with lines. What could cost more time or memory than its length allows is refused before it
 * does: nesting and errors while the text is cut, aliases by what they would come to, without writing them out.
 */
export function readSource(text: string, limits: DefinitionLimits): SourceNode {
  if (text.length > limits.characters) {
    throw new DefinitionError(`the definition is longer than ${limits.characters} characters`);
  }
  const lines = new LineCounter();
  const document = compose(new YamlCutter(lines, limits).cut(text), lines);
  if (document.contents === null) throw new DefinitionError('the definition is empty');
  return new SourceBuilder(lines, limits).build(document.contents).node;
}

function compose(tokens: readonly CST.Token[], lines: LineCounter): Document.Parsed {
  // Keys are compared by the builder, in less time.
  const [document] = new Composer({ uniqueKeys: false, prettyErrors: false }).compose(tokens);
  if (document === undefined) throw new DefinitionError('the definition is empty');
  // What tags come to is the builder's to say.
  const [problem] = [...document.errors, ...document.warnings].filter(
    ({ code, message }) => code !== 'TAG_RESOLVE_FAILED' || message.startsWith('Could not resolve'),
  );
  if (problem !== undefined) {
    throw new DefinitionError(notYaml(problem.message), { line: lineAt(lines, problem.pos[0]) });
  }
  return document;
}

/** A node, and what it would be if every alias in it were written out. */
interface Built {
  readonly node: SourceNode;
  readonly nodes: number;
  readonly characters: number;
  readonly depth: number;
}

class SourceBuilder {
  readonly #lines: LineCounter;
  readonly #limits: DefinitionLimits;
  readonly #anchors = new Map<string, Built>();
  #aliases = 0;

  constructor(lines: LineCounter, limits: DefinitionLimits) {
    this.#lines = lines;
    this.#limits = limits;
  }

  build(node: Node | null | undefined): Built {
    if (isAlias(node)) return this.#alias(node.source, this.#line(node));
    if (node === null || node === undefined) return this.#scalar(null, 1);
    const built = node.tag === undefined ? this.#untagged(node) : this.#tagged(node, shortTag(node.tag));
    this.#check(built);
    const anchor = 'anchor' in node ? node.anchor : undefined;
    if (anchor !== undefined) this.#anchors.set(anchor, built);
    return built;
  }

  #untagged(node: Node): Built {
    if (isMap(node)) return this.#map(node as YAMLMap<Node, Node | null>);
    if (isSeq(node)) return this.#list(node as YAMLSeq<Node>);
    if (isScalar(node)) return this.#scalar(this.#value(node), this.#line(node));
    throw new DefinitionError('this is neither a value nor a list nor a map', { line: this.#line(node) });
  }

  #tagged(node: Node, tag: string): Built {
    const line = this.#line(node);
    if (!mayBeTag(tag)) throw new DefinitionError(notUnderstood(tag), { line });
    if (isScalar(node)) {
      const value = taggedValue(tag, node.source ?? '');
      if (value !== undefined && (typeof value !== 'number' || Number.isFinite(value)))
        return this.#scalar(value, line);
    } else {
      const built = this.#untagged(node);
      const { kind } = built.node;
      if (kind !== 'scalar' && fitsCollection(tag, kind)) return built;
    }
    throw new DefinitionError(`the tag ${tag} does not fit what it stands before`, { line });
  }

  #alias(name: string, line: number): Built {
    this.#aliases++;
    if (this.#aliases > this.#limits.aliases) {
      throw new DefinitionError(`there are more than ${this.#limits.aliases} aliases`, { line });
    }
    const built = this.#anchors.get(name);
    if (built === undefined)
      throw new DefinitionError(`there is no anchor ${name} before its alias`, { line });
    return built;
  }

  #list(list: YAMLSeq<Node>): Built {
    const items = list.items.map((item) => this.build(item));
    const node: SourceNode = { kind: 'list', line: this.#line(list), items: items.map(({ node }) => node) };
    return sum(node, items);
  }

  #map(map: YAMLMap<Node, Node | null>): Built {
    const entries = new Map<string, SourceEntry>();
    const parts: Built[] = [];
    for (const pair of map.items) {
      const [key, line] = this.#key(pair);
      if (entries.has(key)) throw new DefinitionError(`the key '${key}' is there twice`, { line });
      const value = pair.value === null ? this.#scalar(null, line) : this.build(pair.value);
      entries.set(key, { line, node: value.node });
      parts.push(this.#scalar(key, line), value);
    }
    return sum({ kind: 'map', line: this.#line(map), entries }, parts);
  }

  #key({ key }: Pair<Node, Node | null>): [key: string, line: number] {
    const line = this.#line(key);
    const { node } = this.build(key);
    if (node.kind !== 'scalar' || node.value === null) {
      throw new DefinitionError('the key of a map must be a text', { line });
    }
    return [String(node.value), line];
  }

  #scalar(value: SourceScalar['value'], line: number): Built {
    const characters = typeof value === 'string' ? value.length : 0;
    return { node: { kind: 'scalar', line, value }, nodes: 1, characters, depth: 0 };
  }

  #value({ value, source, range }: Scalar): SourceScalar['value'] {
    if (value === null || typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    const line = this.#lines.linePos(range?.[0] ?? 0).line;
    throw new DefinitionError(`${source ?? 'this'} is not a value that JSON has`, { line });
  }

  #check({ nodes, characters, depth, node: { line } }: Built): void {
    const limits = this.#limits;
    if (depth > limits.depth) throw new DefinitionError(tooDeep(limits), { line });
    if (nodes > limits.nodes || characters > limits.characters) {
      throw new DefinitionError(
        `there are more than ${limits.nodes} values or ${limits.characters} characters in all`,
        { line },
      );
    }
  }

  #line(node: Node): number {
    return this.#lines.linePos(node.range?.[0] ?? 0).line;
  }
}

function sum(node: SourceNode, parts: readonly Built[]): Built {
  return parts.reduce<Built>(
    (all, part) => ({
      node,
      nodes: all.nodes + part.nodes,
      characters: all.characters + part.characters,
      depth: Math.max(all.depth, part.depth + 1),
    }),
    { node, nodes: 1, characters: 0, depth: 1 },
  );
}
