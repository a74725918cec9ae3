import { LIMITS, type Limit } from '../src/limits.ts';
import type { GeneratedFile } from './generate-model.ts';

const RATE = /^(?<api>\w+)\.(?<kind>rate|burst)\.(?<operation>.+)$/;

const isRate = ({ name }: Limit): boolean => RATE.test(name);

/** Groups by what stands before the first dot, in the order in which they appear. */
const TITLES: Readonly<Record<string, string>> = {
  server: 'The server',
  functions: 'Functions',
  swf: 'Amazon SWF',
  cloudflow: 'Alibaba CloudFlow',
  queues: 'Message queues',
  secretsManager: 'AWS Secrets Manager',
};

const INTRODUCTION = `<!-- Generated from src/limits.ts by \`npm run generate\`; do not edit. -->

# Limits

Every limit is a setting under \`limits:\` in the configuration file, by its full name:

\`\`\`yaml
limits:
  swf.openExecutions: 250000
  swf.rate.StartWorkflowExecution: 200
  swf.burst.StartWorkflowExecution: 2000
\`\`\`

A value is a whole number, 0 or more. 0 means unlimited, except where the meaning says otherwise. An unknown name stops the start.
What a limit says of one execution holds for it from its start to its end; its children and what it continues as inherit that.
`;

/** What stands above the rates of each API. */
const RATES: Readonly<Record<string, string>> = {
  swf: `## Request rates of Amazon SWF

The vendor throttles each operation with a token bucket per account and region. Orrery has the same buckets and leaves them off:
a rate of 0 means that the operation is never throttled. Setting \`swf.rate.NAME\` to a number of calls per second switches one
on; \`swf.burst.NAME\` is how many calls it takes at once, one second's worth where it is 0. A call beyond the rate is answered
with \`ThrottlingException\`, a decision beyond it with its \`…_RATE_EXCEEDED\` cause.

\`decision.NAME\` counts decisions of one kind, \`execution.NAME\` calls that are for one and the same execution. The last two columns
are what the vendor documents for its own service.
`,
  cloudflow: `## Request rates of Alibaba CloudFlow

As for SWF: \`cloudflow.rate.NAME\` and \`cloudflow.burst.NAME\`, per account and region, off unless set. A call beyond the rate is
answered with \`ResourceThrottled\`.
`,
};

/** `docs/limits.md` as the limits' descriptions say it. */
export function limitsFile(limits: readonly Limit[] = LIMITS): GeneratedFile {
  const plain = limits.filter((limit) => !isRate(limit));
  const groups = Map.groupBy(plain, ({ name }) => name.split('.')[0] ?? '');
  const sections = [...groups].map(([group, members]) => `## ${TITLES[group] ?? group}\n\n${table(members)}`);
  for (const [api, introduction] of Object.entries(RATES)) {
    const rates = limits.filter(({ name }) => name.startsWith(`${api}.rate.`));
    if (rates.length > 0) sections.push(`${introduction}\n${rateTable(rates, limits)}`);
  }
  return { path: 'docs/limits.md', text: `${INTRODUCTION}\n${sections.join('\n')}` };
}

function table(limits: readonly Limit[]): string {
  const rows = limits.map(
    ({ name, default: value, meaning }) =>
      `| \`${name}\` | ${value.toLocaleString('en-GB')} | ${meaning} |\n`,
  );
  return `| Name | Default | Meaning |\n| --- | ---: | --- |\n${rows.join('')}`;
}

/** The vendor's figure is the last number of a rate's meaning. */
function rateTable(rates: readonly Limit[], limits: readonly Limit[]): string {
  const rows = rates.map(({ name, meaning }) => {
    const { api, operation } = RATE.exec(name)?.groups ?? {};
    const burst = limits.find((limit) => limit.name === `${api}.burst.${operation}`);
    return `| \`${operation}\` | ${lastNumber(meaning)} | ${lastNumber(burst?.meaning)} |\n`;
  });
  return `| NAME | Vendor's rate per second | Vendor's burst |\n| --- | ---: | ---: |\n${rows.join('')}`;
}

function lastNumber(text: string | undefined): string {
  const found = /(\d+)$/.exec(text ?? '')?.[1];
  if (found === undefined) throw new Error(`no number at the end of: ${text}`);
  return Number(found).toLocaleString('en-GB');
}
