/**
 * Work in this process cannot be lost without being noticed, and after a restart all of it begins anew anyhow, so its
 * lease is longer than any task may take and nobody needs to renew it. The machine ends what lasts too long.
 */
export const WHOLE_TASK_MS = 10 * 365 * 86_400_000;
