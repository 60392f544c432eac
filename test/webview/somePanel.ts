import type { PanelReport, PanelState } from '../../src/protocol/panelApi.ts';
import { someExplanation } from '../engine/present/someExplanation.ts';

export const subject = {
  logs: [
    { path: '/logs/orders.log', name: 'orders.log', uri: 'file:///logs/orders.log' },
    { path: '/logs/api.log', name: 'api.log', uri: 'file:///logs/api.log' },
  ],
  line: null,
} as const;

export const choices = { mode: 'full', model: 'offline' } as const;

/** A state of the panel with a report; tests change what they are about. */
export function reportState(change: Partial<PanelReport>): PanelState {
  return {
    kind: 'probable',
    subject,
    choices,
    report: {
      explanation: someExplanation,
      timeline: null,
      similar: [],
      writtenBy: 'offline',
      privacy: 'nothing left this machine',
      writtenAt: '2026-03-12T12:10:00.000Z',
      milliseconds: 412,
      stale: false,
      saved: null,
      followUps: [],
      model: { state: 'off' },
      offline: null,
      grade: null,
      ...change,
    },
  };
}
