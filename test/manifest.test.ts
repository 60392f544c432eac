import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import {
  colorIds,
  commandIds,
  contextKeys,
  explainModes,
  logLanguage,
  modelProviders,
  panelViewType,
  payloadLanguage,
  privacySettings,
  settingDefaults,
  severityFloors,
  viewerViewType,
  walkthroughId,
} from '../src/host/contributions.ts';

interface Property {
  readonly type: string;
  readonly default: unknown;
  readonly enum?: readonly string[];
  readonly enumDescriptions?: readonly string[];
  readonly markdownDescription?: string;
}

interface Manifest {
  readonly name: string;
  readonly publisher: string;
  readonly main: string;
  readonly activationEvents: readonly string[];
  readonly capabilities: {
    readonly untrustedWorkspaces: {
      readonly supported: string;
      readonly restrictedConfigurations: readonly string[];
    };
  };
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly category: string;
    }[];
    readonly keybindings: readonly { readonly command: string; readonly when?: string }[];
    readonly menus: Readonly<
      Record<string, readonly { readonly command: string; readonly when?: string }[]>
    >;
    readonly configuration: { readonly properties: Readonly<Record<string, Property>> };
    readonly colors: readonly {
      readonly id: string;
      readonly description: string;
      readonly defaults: Readonly<Record<string, string>>;
    }[];
    readonly customEditors: readonly {
      readonly viewType: string;
      readonly priority: string;
      readonly selector: readonly { readonly filenamePattern: string }[];
    }[];
    readonly configurationDefaults: {
      readonly 'workbench.editorAssociations': Readonly<Record<string, string>>;
    };
    readonly languages: readonly { readonly id: string }[];
    readonly walkthroughs: readonly {
      readonly id: string;
      readonly steps: readonly {
        readonly id: string;
        readonly description: string;
        readonly media: { readonly svg: string; readonly altText: string };
        readonly completionEvents: readonly string[];
      }[];
    }[];
  };
}

const manifest = JSON.parse(
  readFileSync(new URL('../package.json', import.meta.url), 'utf8'),
) as Manifest;
const { contributes } = manifest;
const commands: readonly string[] = Object.values(commandIds);

describe('package.json and src/host/contributions.ts', () => {
  it('name the same commands, each with a title and our category', () => {
    expect(contributes.commands.map(({ command }) => command).sort()).toEqual([...commands].sort());
    for (const { title, category } of contributes.commands) {
      expect(title).toMatch(/^[A-Z]/);
      expect(category).toBe('Faultline');
    }
  });

  it('bind keys and menus to known commands only, always where there is a log', () => {
    const keys: readonly string[] = Object.values(contextKeys);
    for (const { command, when = '' } of [
      ...contributes.keybindings,
      ...Object.values(contributes.menus).flat(),
    ]) {
      expect(commands).toContain(command);
      expect(
        [
          ...keys,
          `activeCustomEditorId == '${viewerViewType}'`,
          `activeCustomEditorId != '${viewerViewType}'`,
          `webviewId == '${viewerViewType}'`,
          'resourceExtname == .log',
          'explorerResourceIsFolder',
        ].some((key) => when.includes(key)),
      ).toBe(true);
    }
  });

  it('offer what only the viewer does where it is, and one command for a time or deltas anywhere', () => {
    const palette = contributes.menus['commandPalette'] ?? [];
    const whenOf = (command: string): string | undefined =>
      palette.find((entry) => entry.command === command)?.when;
    for (const command of commands.filter((id) => id.startsWith(`${viewerViewType}.`))) {
      expect(whenOf(command), command).toBe(`activeCustomEditorId == '${viewerViewType}'`);
    }
    for (const command of [commandIds.goToTime, commandIds.toggleDeltas]) {
      expect(whenOf(command), command).toBe(`activeCustomEditorId != '${viewerViewType}'`);
    }
  });

  it('open archived logs with a click, in a viewer that is offered for them', () => {
    const associations = contributes.configurationDefaults['workbench.editorAssociations'];
    expect(Object.values(associations).every((type) => type === viewerViewType)).toBe(true);
    const [{ selector } = { selector: [] }] = contributes.customEditors;
    for (const packing of ['gz', 'zst', 'bz2', 'xz']) {
      expect(Object.keys(associations).every((pattern) => pattern.includes(packing))).toBe(true);
      expect(selector).toContainEqual({ filenamePattern: `*.${packing}` });
    }
  });

  it('use no context key that nobody sets', () => {
    const keys: readonly string[] = Object.values(contextKeys);
    const used = JSON.stringify([contributes.keybindings, contributes.menus]).match(
      /faultline\.(is|has)\w+/g,
    );
    for (const key of used ?? []) expect(keys).toContain(key);
  });

  it('name the same settings with the same defaults, each described', () => {
    const { properties } = contributes.configuration;
    const declared = Object.fromEntries(
      Object.entries(properties).map(([name, { default: value }]) => [name, value]),
    );
    const expected = Object.fromEntries(
      Object.entries(settingDefaults).map(([name, value]) => [`faultline.${name}`, value]),
    );
    expect(declared).toEqual(expected);
    for (const [name, { markdownDescription = '' }] of Object.entries(properties)) {
      expect(markdownDescription.length, name).toBeGreaterThan(20);
    }
    const choices = {
      minimumSeverity: severityFloors,
      'explain.mode': explainModes,
      'model.provider': modelProviders,
      'privacy.level': privacySettings,
    };
    for (const [name, values] of Object.entries(choices)) {
      const property = properties[`faultline.${name}`];
      expect(property?.enum, name).toEqual(values);
      expect(property?.enumDescriptions, name).toHaveLength(values.length);
    }
  });

  it('offer the viewer for logs and archives, and take nothing over', () => {
    const [viewer, ...others] = contributes.customEditors;
    expect(others).toEqual([]);
    expect(viewer).toMatchObject({ viewType: viewerViewType, priority: 'option' });
    const patterns = viewer?.selector.map(({ filenamePattern }) => filenamePattern) ?? [];
    for (const pattern of ['*.log', '*.log.*', '*.gz', '*.zst', '*.bz2', '*.xz', '*.jsonl']) {
      expect(patterns).toContain(pattern);
    }
    expect(patterns).not.toContain('*');
  });

  it('define every colour for dark, light and both high contrasts', () => {
    expect(contributes.colors.map(({ id }) => id).sort()).toEqual(Object.values(colorIds).sort());
    for (const { id, defaults, description } of contributes.colors) {
      expect(Object.keys(defaults).sort(), id).toEqual([
        'dark',
        'highContrast',
        'highContrastLight',
        'light',
      ]);
      expect(description).not.toBe('');
    }
  });

  it('lead through steps that name known commands and pictures that are there', () => {
    const { name, publisher } = manifest;
    expect(contributes.walkthroughs.map(({ id }) => `${publisher}.${name}#${id}`)).toEqual([
      walkthroughId,
    ]);
    for (const { id, description, media, completionEvents } of contributes.walkthroughs.flatMap(
      ({ steps }) => steps,
    )) {
      const named = [...description.matchAll(/command:([\w.]+)/g)].map((match) => match[1]);
      const awaited = completionEvents.flatMap((event) => /^onCommand:(.+)/.exec(event)?.[1] ?? []);
      for (const command of [...named, ...awaited].filter((one) => one?.startsWith('faultline.'))) {
        expect(commands, id).toContain(command);
      }
      expect(named.length, id).toBeGreaterThan(0);
      expect(media.altText.length, id).toBeGreaterThan(20);
      const picture = readFileSync(new URL(`../${media.svg}`, import.meta.url), 'utf8');
      // Colours of the theme only: the picture is shown in every theme.
      expect(picture, id).not.toMatch(/#[0-9a-f]{3,8}\b|rgb\(/i);
    }
  });

  it('start with logs and restored panels only', () => {
    expect(manifest.activationEvents).toEqual([
      `onLanguage:${logLanguage}`,
      `onWebviewPanel:${panelViewType}`,
    ]);
    const known: readonly string[] = [logLanguage, payloadLanguage];
    expect(contributes.languages.every(({ id }) => known.includes(id))).toBe(true);
  });

  it('let no untrusted folder choose who receives a log, or what they see of it', () => {
    const { restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    const sending = Object.keys(settingDefaults)
      .filter((name) => /^(model|privacy)\./.test(name))
      .map((name) => `faultline.${name}`);
    expect(sending.length).toBeGreaterThan(4);
    for (const name of [...sending, 'faultline.formats']) {
      expect(restrictedConfigurations).toContain(name);
    }
  });

  it('restrict known settings in folders that are not trusted', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    expect(supported).toBe('limited');
    for (const name of restrictedConfigurations) {
      expect(Object.keys(contributes.configuration.properties)).toContain(name);
    }
  });
});
