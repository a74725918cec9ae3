import type { Alias } from '../resources/aliases.ts';
import { timeText } from './times.ts';

export function aliasView({ name, description, routes, createdAt }: Alias) {
  return {
    Name: name,
    Description: description,
    RoutingConfigurations: routes,
    CreatedTime: timeText(createdAt),
  };
}

/** In lists the vendor writes weights as text. */
export function listedAliasView(alias: Alias) {
  const view = aliasView(alias);
  const routes = view.RoutingConfigurations.map((route) => ({ ...route, Weight: String(route.Weight) }));
  return { ...view, RoutingConfigurations: routes };
}
