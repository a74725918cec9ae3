/**
 * An execution id turned round, time before shard, as the indexes on ids hold it. Beside the shard it tells
 * executions apart just as the id does.
 */
export const timeFirst = (id: string): string => `(substr(${id}, 3) || substr(${id}, 1, 2))`;
