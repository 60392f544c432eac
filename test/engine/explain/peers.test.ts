import { describe, expect, it } from 'vitest';

import { explainLogs } from '../../../src/engine/explain/explainLogs.ts';
import { endpointsIn, failureIn } from '../../../src/engine/explain/peers.ts';
import { lines, ordinaryLines, readOnly } from './analysedLogs.ts';

const at = (second: number): string => new Date(Date.UTC(2026, 2, 12, 12, 0, second)).toISOString();

const attempts = (host: string, from: number, count: number): string[] =>
  Array.from(
    { length: count },
    (_, tried) =>
      `${at(from + tried)} INFO rpc.Client - Retrying connect to server: ${host}. Already tried ${tried} time(s)`,
  );

async function told(...texts: readonly string[]) {
  const analyses = await Promise.all(
    texts.map((text, index) => readOnly(`worker-${index + 1}.log`, text)),
  );
  return explainLogs({ analyses });
}

describe('peers in trouble', () => {
  it('are read from text: host, port and how the attempt failed', () => {
    expect(endpointsIn('to node-7.lab/10.3.0.7:8020, at client.go:88, 127.0.0.1:9')).toEqual([
      { host: '10.3.0.7', port: 8020 },
    ]);
    expect(failureIn('connect to 10.3.0.7:22: connection refused')).toBe('refused');
    expect(failureIn('ConnectException: Connection timed out')).toBe('unanswered');
    expect(failureIn('No route to host')).toBe('unreachable');
    expect(failureIn('query timed out')).toBeNull();
  });

  it('are down where several logs cannot connect to the same machine', async () => {
    const one = lines(
      ordinaryLines(60),
      `${at(61)} WARN rpc.Client - connect to 10.3.0.7:8020 timed out`,
    );
    const other = lines(
      ordinaryLines(60),
      `${at(70)} WARN rpc.Client - connect to 10.3.0.7:8020 timed out`,
    );
    const { rootCause, verdict } = await told(one, other);
    expect(rootCause.category).toBe('node.down');
    expect(verdict).not.toBe('no_incident');
  });

  it('are up where they refuse: only a service of them is gone', async () => {
    const refused = lines(
      ordinaryLines(60),
      `${at(61)} ERROR rpc.Client - connect to 10.3.0.7:8020: connection refused`,
      attempts('10.3.0.7:8020', 62, 12),
    );
    const { rootCause } = await told(refused, refused);
    expect(rootCause.category).toBe('dependency.unavailable');
  });

  it('are cut off where the network says that there is no way to them', async () => {
    const { rootCause } = await told(
      lines(
        ordinaryLines(60),
        `${at(61)} WARN rpc.Client - connect to 10.3.0.7:8020: No route to host`,
        attempts('10.3.0.9:5051', 62, 12),
      ),
      lines(ordinaryLines(60), attempts('10.3.0.9:5051', 64, 12)),
    );
    expect(rootCause.category).toBe('network.disconnect');
  });

  it('are not blamed for the attempts of one caller to reach one service', async () => {
    const { rootCause } = await told(lines(ordinaryLines(60), attempts('10.3.0.7:8020', 61, 14)));
    expect(rootCause.category).not.toBe('node.down');
  });

  it('broke off where connections to one machine fail in several logs', async () => {
    const broken = lines(
      ordinaryLines(60),
      `${at(61)} WARN blocks.Writer - bad response ERROR for block 7 from peer 10.3.0.7:5010`,
    );
    const { rootCause } = await told(broken, broken);
    expect(rootCause.category).toBe('network.disconnect');
  });

  it('are no incident where a client only hung up on a server that took it calmly', async () => {
    const { verdict } = await told(
      lines(
        ordinaryLines(60),
        `${at(61)} INFO rpc.Server - reading from client 10.3.0.7 threw java.io.IOException: Connection reset by peer`,
        'java.io.IOException: Connection reset by peer',
        '\tat sun.nio.ch.Dispatcher.read(Dispatcher.java:43)',
        '\tat shop.rpc.Server.read(Server.java:211)',
        ordinaryLines(20, 62),
      ),
    );
    expect(verdict).toBe('no_incident');
  });
});
