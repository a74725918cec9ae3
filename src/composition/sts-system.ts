import { sts } from '../apis/sts/index.ts';
import type { System } from './system.ts';

export const stsSystem: System = { kernelApis: [], open: () => ({ apis: [sts], visible: [] }) };
