import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { outdatedFiles } from '../../scripts/generate.ts';
import { generatedFiles } from '../../scripts/generate-model.ts';
import { printShapes } from '../../scripts/model/print-shapes.ts';
import { applyOverrides, type VendorModel } from '../../scripts/model/vendor-model.ts';
import { stripModel } from '../../scripts/strip-model.ts';
import { swfModel } from '../../src/apis/swf/model/shapes.gen.ts';

const MODEL: VendorModel = {
  metadata: { apiVersion: '2020-01-01', endpointPrefix: 'toy', targetPrefix: 'Toy' },
  operations: {
    Put: {
      name: 'Put',
      http: { method: 'POST', requestUri: '/' },
      input: { shape: 'PutInput' },
      output: { shape: 'PutOutput' },
    },
    Ping: { name: 'Ping', http: { method: 'POST', requestUri: '/' } },
  },
  shapes: {
    PutInput: {
      type: 'structure',
      required: ['color'],
      members: {
        color: { shape: 'Color' },
        when: { shape: 'When' },
        names: { shape: 'Names' },
        id: { shape: 'Name', location: 'uri', locationName: 'the-id' },
      },
    },
    PutOutput: { type: 'structure', members: { colors: { shape: 'ColorMap' }, done: { shape: 'Done' } } },
    Color: { type: 'string', enum: ['RED', 'BLUE'] },
    When: { type: 'timestamp' },
    Name: { type: 'string', min: 1, max: 9, pattern: "[^'\\d]+" },
    Names: { type: 'list', member: { shape: 'Name' }, max: 5 },
    ColorMap: { type: 'map', key: { shape: 'Color' }, value: { shape: 'Name' } },
    Done: { type: 'boolean' },
    Broken: { type: 'structure', exception: true, members: {} },
  },
};

/** Runs `use` in a repository of one API, `toy`. */
function inRepository(use: (root: string) => void): void {
  const root = mkdtempSync(join(tmpdir(), 'orrery-models-'));
  try {
    mkdirSync(join(root, 'models'));
    writeFileSync(join(root, 'models', 'toy.json'), JSON.stringify(MODEL));
    writeFileSync(
      join(root, 'models', 'toy.overrides.json'),
      JSON.stringify({ shapes: { Color: { why: 'as the live service says it', enum: ['BLUE', 'RED'] } } }),
    );
    use(root);
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe('generated models', () => {
  it('hold what requests may contain as data', () => {
    inRepository((root) => {
      const [shapes] = generatedFiles(root);
      assert.equal(shapes?.path, join('src', 'apis', 'toy', 'model', 'shapes.gen.ts'));
      assert.match(shapes.text, /^\/\/ Generated from models\/toy\.json and models\/toy\.overrides\.json/);
      for (const line of [
        `const Color: StringShape = { kind: 'string', enum: ['BLUE', 'RED'] };`,
        `const Name: StringShape = { kind: 'string', min: 1, max: 9, pattern: '[^\\'\\\\d]+' };`,
        `const Names: ListShape = { kind: 'list', max: 5, member: () => Name };`,
        `    id: { shape: () => Name, location: 'uri', locationName: 'the-id' },`,
        `    Ping: { name: 'Ping', method: 'POST', uri: '/', input: NoInput, hasOutput: false },`,
        'export const toyModel: ServiceModel = {',
        `  signingName: 'toy',`,
      ]) {
        assert.ok(shapes.text.includes(`${line}\n`), `missing: ${line}`);
      }
      assert.doesNotMatch(shapes.text, /ColorMap|Broken/);
    });
  });

  it('hold requests and answers as types', () => {
    inRepository((root) => {
      const types = generatedFiles(root)[1]?.text ?? '';
      for (const line of [
        `export type FaultName =\n  | 'Broken';`,
        '  readonly color: Color;',
        '  readonly when?: number;',
        '  readonly names?: readonly string[];',
        '  readonly colors?: Readonly<Record<string, string>>;',
        '  readonly done?: boolean;',
      ]) {
        assert.ok(types.includes(`${line}\n`), `missing: ${line}`);
      }
    });
  });

  it('are outdated when missing or changed by hand', () => {
    inRepository((root) => {
      const files = generatedFiles(root);
      assert.equal(outdatedFiles(root, files).length, 2);
      mkdirSync(join(root, 'src', 'apis', 'toy', 'model'), { recursive: true });
      for (const { path, text } of files) writeFileSync(join(root, path), text);
      assert.deepEqual(outdatedFiles(root, files), []);
      writeFileSync(join(root, files[1]?.path ?? ''), `${files[1]?.text}// mine`);
      assert.deepEqual(outdatedFiles(root, files), [files[1]?.path]);
    });
  });
});

describe('overrides', () => {
  it('refuse to change which values an enum has, and unknown shapes', () => {
    assert.throws(
      () => applyOverrides(MODEL, { shapes: { Color: { why: '', enum: ['RED'] } } }),
      /another order/,
    );
    assert.throws(
      () => applyOverrides(MODEL, { shapes: { Colour: { why: '', max: 1 } } }),
      /no shape Colour/,
    );
    assert.throws(
      () => applyOverrides(MODEL, { shapes: { Color: { why: '', type: 'string' } } }),
      /the model has that shape/,
    );
    assert.throws(
      () => applyOverrides(MODEL, { shapes: { PutInput: { why: '', members: { colour: 'Color' } } } }),
      /no member colour/,
    );
  });

  it('may add a shape, point a member at it, and bound a number in a text', () => {
    const Days = { why: '', type: 'string', number: { min: 0, max: 90, orNone: true } };
    const PutInput = { why: '', members: { id: 'Days' } };
    const text = printShapes(applyOverrides(MODEL, { shapes: { Days, PutInput } }), 'toyModel');
    for (const line of [
      `const Days: StringShape = { kind: 'string', number: { min: 0, max: 90, orNone: true } };`,
      `    id: { shape: () => Days, location: 'uri', locationName: 'the-id' },`,
    ]) {
      assert.ok(text.includes(`${line}\n`), `missing: ${line}`);
    }
  });
});

describe('stripping a model', () => {
  it('removes texts and keeps a member that is called documentation', () => {
    const members = { documentation: { shape: 'Text', documentation: '<p>words</p>' } };
    const stripped = stripModel({
      documentation: 'all of it',
      shapes: { A: { type: 'structure', members } },
    });
    assert.deepEqual(stripped, {
      shapes: { A: { type: 'structure', members: { documentation: { shape: 'Text' } } } },
    });
  });

  it('has left no text in our models', () => {
    assert.doesNotMatch(
      readFileSync(join(import.meta.dirname, '../../models/swf.json'), 'utf8'),
      /"documentation": "/,
    );
  });
});

describe('the SWF model', () => {
  it('has all 39 operations under the known names', () => {
    assert.equal(Object.keys(swfModel.operations).length, 39);
    assert.equal(swfModel.apiVersion, '2012-01-25');
    assert.equal(swfModel.targetPrefix, 'SimpleWorkflowService');
    assert.equal(swfModel.signingName, 'swf');
    const silent = Object.values(swfModel.operations).filter(({ hasOutput }) => !hasOutput);
    assert.equal(silent.length, 20);
  });

  it('lists decision types in the order of the live service', () => {
    const decisions = swfModel.operations.RespondDecisionTaskCompleted?.input.members.decisions?.shape();
    assert.ok(decisions?.kind === 'list');
    const decision = decisions.member();
    assert.ok(decision.kind === 'structure');
    const type = decision.members.decisionType?.shape();
    assert.ok(type?.kind === 'string');
    assert.equal(type.enum?.length, 13);
    assert.equal(type.enum[0], 'CompleteWorkflowExecution');
    assert.equal(type.enum[12], 'CancelWorkflowExecution');
  });

  it('bounds page sizes from 0 to 1000', () => {
    const size = swfModel.operations.ListDomains?.input.members.maximumPageSize?.shape();
    assert.ok(size?.kind === 'integer');
    assert.deepEqual([size.min, size.max], [0, 1000]);
  });
});
