import { isPartOf, isWithin, meaningsOf, type Network, readAddress, readNetwork } from '../lib/network.ts';

/** Where requests may go: names such as `api.example.com` or `*.example.com`, addresses, networks such as `10.0.0.0/8`. */
export interface DestinationRules {
  /** With any entry, nowhere else; an entry within a blocked network lifts the block for itself. */
  readonly allow: readonly string[];
  /** Goes before everything else. */
  readonly deny: readonly string[];
}

export interface Destinations {
  /** Why a host, with the addresses it has been resolved to, must not be reached; undefined when it may. */
  readonly refusal: (host: string, addresses: readonly string[]) => string | undefined;
}

/** Where clouds tell machines their secrets, and what is meant for one link only. */
const BLOCKED = ['169.254.0.0/16', 'fe80::/10', '100.100.100.200/32', 'fd00:ec2::254/128'].flatMap(networkOf);

interface Entries {
  readonly names: readonly string[];
  readonly networks: readonly Network[];
}

export function createDestinations({ allow, deny }: DestinationRules): Destinations {
  const allowed = entriesOf(allow);
  const denied = entriesOf(deny);
  const lifted = allowed.networks.filter((network) => BLOCKED.some((whole) => isPartOf(network, whole)));
  const mayReach = (host: string, address: string): boolean =>
    allow.length === 0 || matchesName(allowed, host) || matchesAddress(allowed.networks, address);
  const isBlocked = (address: string): boolean =>
    matchesAddress(BLOCKED, address) && !matchesAddress(lifted, address);
  return {
    refusal: (host, addresses) => {
      if (matchesName(denied, host)) return `${host} is denied`;
      for (const address of addresses) {
        if (matchesAddress(denied.networks, address)) return `${shown(host, address)} is denied`;
        if (isBlocked(address)) return `${shown(host, address)} is link-local or serves metadata`;
        if (!mayReach(host, address)) return `${shown(host, address)} is not among those allowed`;
      }
      return undefined;
    },
  };
}

const shown = (host: string, address: string): string => (host === address ? host : `${host} (${address})`);

function entriesOf(texts: readonly string[]): Entries {
  return {
    names: texts.filter((text) => readNetwork(text) === undefined).map((text) => text.toLowerCase()),
    networks: texts.flatMap(networkOf),
  };
}

function networkOf(text: string): readonly Network[] {
  const network = readNetwork(text);
  return network === undefined ? [] : [network];
}

function matchesName({ names }: Entries, host: string): boolean {
  const name = host.toLowerCase().replace(/\.$/, '');
  return names.some((entry) => (entry.startsWith('*.') ? name.endsWith(entry.slice(1)) : name === entry));
}

/** An address of a form that cannot be read matches nothing, and nothing can connect to it. */
function matchesAddress(networks: readonly Network[], text: string): boolean {
  const address = readAddress(text);
  if (address === undefined) return false;
  const meanings = meaningsOf(address);
  return networks.some((network) => meanings.some((meaning) => isWithin(network, meaning)));
}
