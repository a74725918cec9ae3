import type { ActivityTypeInfo } from '../model/types.gen.ts';
import type { RegisteredType } from '../resources/types.ts';
import { seconds } from './seconds.ts';

/** What lists and descriptions say of a type beside its name. */
export function typeInfo(type: RegisteredType): Omit<ActivityTypeInfo, 'activityType'> {
  return {
    status: type.status,
    ...(type.description !== undefined && { description: type.description }),
    creationDate: seconds(type.createdAt),
    ...(type.deprecatedAt !== undefined && { deprecationDate: seconds(type.deprecatedAt) }),
  };
}
