import { BlockList, isIP } from 'node:net';

/** Addresses that no metric URL may reach by itself, and why. */
const REFUSED: { network: string; prefix: number; what: string }[] = [
  { network: '0.0.0.0', prefix: 8, what: 'unspecified' },
  { network: '127.0.0.0', prefix: 8, what: 'loopback' },
  { network: '169.254.0.0', prefix: 16, what: 'link-local or metadata' },
  { network: '100.100.100.200', prefix: 32, what: 'metadata' },
  { network: '168.63.129.16', prefix: 32, what: 'metadata' },
  { network: '192.0.0.192', prefix: 32, what: 'metadata' },
  { network: '224.0.0.0', prefix: 4, what: 'multicast' },
  { network: '255.255.255.255', prefix: 32, what: 'broadcast' },
  { network: '::', prefix: 128, what: 'unspecified' },
  { network: '::1', prefix: 128, what: 'loopback' },
  { network: 'fe80::', prefix: 10, what: 'link-local' },
  { network: 'fd00:ec2::254', prefix: 128, what: 'metadata' },
  { network: 'fd20:ce::254', prefix: 128, what: 'metadata' },
  // May lead to any IPv4 address, by a translator of the local network.
  { network: '64:ff9b:1::', prefix: 48, what: 'translated' },
  { network: 'ff00::', prefix: 8, what: 'multicast' },
];

/** The IPv4 address inside `::ffff:a.b.c.d`, `64:ff9b::…` and the like. */
function embeddedIPv4(address: string): string | undefined {
  const groups = expand(address);
  if (!groups) return undefined;
  const prefix = groups.slice(0, 6).join(':');
  const isMapped =
    prefix === '0:0:0:0:0:65535' ||
    prefix === '0:0:0:0:0:0' ||
    prefix === '100:65435:0:0:0:0' ||
    groups[0] === 0x2002;
  if (!isMapped) return undefined;
  const [high = 0, low = 0] =
    groups[0] === 0x2002 ? groups.slice(1, 3) : groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}

/** The eight groups of an IPv6 address as numbers. */
function expand(address: string): number[] | undefined {
  if (isIP(address) !== 6) return undefined;
  const plain = address
    .replace(/%.*$/, '')
    .replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, a, b, c, d) => {
      const hex = (high: string, low: string) =>
        (Number(high) * 256 + Number(low)).toString(16);
      return `${hex(a, b)}:${hex(c, d)}`;
    });
  const [head = '', tail] = plain.split('::');
  const parse = (part: string) =>
    part ? part.split(':').map(group => Number.parseInt(group, 16)) : [];
  if (tail === undefined) return parse(head);
  const [left, right] = [parse(head), parse(tail)];
  const zeros = new Array<number>(8 - left.length - right.length).fill(0);
  return [...left, ...zeros, ...right];
}

/**
 * Why an address may not be reached (`loopback`, `metadata` …), or
 * `undefined` when it may. IPv4 addresses inside IPv6 ones count as IPv4.
 */
export function refusedAddress(address: string): string | undefined {
  const own = ownIPv6(address);
  if (own) return own;
  const plain = embeddedIPv4(address);
  const family = isIP(plain ?? address);
  if (family === 0) return 'malformed';
  for (const { network, prefix, what } of REFUSED) {
    if (isIP(network) !== family) continue;
    const list = new BlockList();
    const kind = family === 4 ? 'ipv4' : 'ipv6';
    list.addSubnet(network, prefix, kind);
    if (list.check(plain ?? address, kind)) return what;
  }
  return undefined;
}

/** `::1` and `::` look like embedded IPv4 addresses, but are their own. */
function ownIPv6(address: string): string | undefined {
  const groups = expand(address);
  if (!groups) return undefined;
  const low = groups[7];
  const zeros = groups.slice(0, 7).every(group => group === 0);
  if (!zeros) return undefined;
  if (low === 1) return 'loopback';
  return low === 0 ? 'unspecified' : undefined;
}
