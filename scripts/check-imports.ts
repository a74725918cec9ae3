import { isBuiltin } from 'node:module';
import { IMPORT_RULES, type ImportRule, ONLY_IMPORTED_BY } from './import-rules.ts';
import { type Link, linksOf } from './source/links.ts';
import type { Problem, SourceFile } from './source/syntax.ts';

/** Imports against the table, re-exports in `src`, and import cycles; type imports count. */
export function checkImports(
  files: readonly SourceFile[],
  rules: readonly ImportRule[] = IMPORT_RULES,
): Problem[] {
  const known = new Set(files.map(({ path }) => path));
  const links = new Map(files.map((file) => [file.path, linksOf(file)]));
  const single = [...links].flatMap(([path, all]) =>
    all.flatMap((link) => checkLink({ path, link, rules, known })),
  );
  return [...single, ...files.flatMap(({ path }) => uncovered(path, rules)), ...findCycles(links)];
}

interface Subject {
  readonly path: string;
  readonly link: Link;
  readonly rules: readonly ImportRule[];
  readonly known: ReadonlySet<string>;
}

function checkLink({ path, link, rules, known }: Subject): Problem[] {
  const rule = ruleFor(path, rules);
  const isAsset = link.kind === 'url' && !link.specifier.endsWith('.ts');
  if (rule === undefined || isAsset) return [];
  const message =
    link.target === undefined ? refusePackage(link, rule) : refuseFile({ path, link, rules, known }, rule);
  const problems = message === undefined ? [] : [{ path, line: link.line, message }];
  if (link.kind === 're-export' && path.startsWith('src/')) {
    problems.push({ path, line: link.line, message: 're-exports: import it from the file that defines it' });
  }
  return problems;
}

function refuseFile({ path, link, known }: Subject, rule: ImportRule): string | undefined {
  const target = link.target ?? '';
  if (target.endsWith('.ts') && !known.has(target)) return `imports ${target}, which does not exist`;
  const { api } = fit(rule.from, path) ?? {};
  const allowed = link.typeOnly ? [...rule.may, ...(rule.mayTypes ?? [])] : rule.may;
  if (!allowed.some((pattern) => fit(pattern, target, api) !== undefined)) {
    return `must not import ${target}; ${describe(rule, api)}`;
  }
  const importers = ONLY_IMPORTED_BY[target];
  if (importers === undefined || importers.some((pattern) => fit(pattern, path) !== undefined))
    return undefined;
  return `must not import ${target}; only ${importers.join(', ')} may`;
}

function refusePackage({ specifier, typeOnly }: Link, rule: ImportRule): string | undefined {
  if (isBuiltin(specifier)) {
    const name = specifier.replace(/^node:/, '').split('/')[0] ?? '';
    const refused = rule.withoutBuiltins ?? [];
    if (!refused.includes(name) && !refused.includes('*')) return undefined;
    return `must not import ${specifier}; files under ${rule.from} do without ${refused.join(', ')}`;
  }
  const name = packageName(specifier);
  const { packages = [], packageTypes = [] } = rule;
  const allowed = typeOnly ? [...packages, ...packageTypes] : packages;
  if (allowed.includes(name) || allowed.includes('*')) return undefined;
  return `must not import the package ${name}; files under ${rule.from} may use ${allowed.join(', ') || 'no package'}`;
}

export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

function describe(rule: ImportRule, api: string | undefined): string {
  const list = (patterns: readonly string[]): string =>
    patterns.map((text) => text.replace('{api}', api ?? '*')).join(', ');
  const types = rule.mayTypes === undefined ? '' : `; as types also ${list(rule.mayTypes)}`;
  return `files under ${rule.from.replace('{api}', api ?? '*')} may import ${list(rule.may)}${types}`;
}

function uncovered(path: string, rules: readonly ImportRule[]): Problem[] {
  if (ruleFor(path, rules) !== undefined) return [];
  return [{ path, line: 1, message: 'no rule in scripts/import-rules.ts says what this file may import' }];
}

function ruleFor(path: string, rules: readonly ImportRule[]): ImportRule | undefined {
  return rules.find(({ from }) => fit(from, path) !== undefined);
}

const patterns = new Map<string, RegExp>();

/** Does the path fit the pattern? Gives what `{api}` stands for. */
function fit(pattern: string, path: string, api?: string): { readonly api?: string } | undefined {
  const wanted = api === undefined ? pattern : pattern.replace('{api}', api);
  let regex = patterns.get(wanted);
  if (regex === undefined) {
    const source = wanted.replaceAll(/[.+^$()|[\]\\]/g, '\\$&').replaceAll(/\*\*|\*|\{api\}/g, (part) => {
      if (part === '{api}') return '(?<api>[^/]+)';
      return part === '*' ? '[^/]*' : '.*';
    });
    regex = new RegExp(`^${source}$`);
    patterns.set(wanted, regex);
  }
  const match = regex.exec(path);
  return match === null ? undefined : { ...match.groups };
}

/** Each cycle once, as the path that closes it. */
function findCycles(links: ReadonlyMap<string, readonly Link[]>): Problem[] {
  const problems: Problem[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (path: string): void => {
    state.set(path, 'open');
    trail.push(path);
    for (const { target, line, kind } of links.get(path) ?? []) {
      if (target === undefined || kind === 'url' || !links.has(target)) continue;
      if (state.get(target) === 'open') {
        const cycle = [...trail.slice(trail.indexOf(target)), target];
        problems.push({ path, line, message: `import cycle: ${cycle.join(' → ')}` });
      } else if (!state.has(target)) visit(target);
    }
    trail.pop();
    state.set(path, 'done');
  };
  for (const path of links.keys()) if (!state.has(path)) visit(path);
  return problems;
}
