import { DescribeExecutionCommand, type DescribedExecution, ListExecutionsCommand } from '@aws-sdk/client-transfer';
import { setTimeout as pause } from 'node:timers/promises';
import { transfer } from './client.ts';
