import { execFileSync } from 'node:child_process';
import { writeFile, rm, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { finalReport } from './harness/faultline.ts';
import { failure, packedLogs, packedText } from './harness/packedLogs.ts';
import { openSession } from './harness/session.ts';
import { openInViewer, shownLines, viewerBanner, viewerPage } from './harness/viewerPage.ts';

const session = openSession({ 'workbench.colorTheme': 'Default Dark Modern' });

const firstLine = packedText.slice(0, packedText.indexOf('\n'));

async function written(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(session.folder, name);
  await writeFile(path, content);
  return path;
}

/** The text is there, and the line that does not belong is marked. */
async function expectMarked(): Promise<void> {
  const viewer = viewerPage(session.window);
  await viewer.locator('.rows .row:not(.spare) .text').first().waitFor();
  await expect
    .poll(async () => (await shownLines(viewer))[0], { timeout: 10_000 })
    .toEqual({ line: 1, text: firstLine });
  await expect
    .poll(() => viewer.locator('.analysis').innerText(), { timeout: 30_000 })
    .toMatch(/\d findings?/);
  await session.window.command('faultline.nextFinding');
  const marked = viewer.locator('.row.high-first, .row.medium-first', { hasText: failure.text });
  await marked.first().waitFor({ timeout: 10_000 });
}

const openFromExplorer = async (name: string): Promise<void> => {
  const { window } = session;
  await window.command('workbench.view.explorer');
  await window.command('workbench.files.action.refreshFilesExplorer');
  await window.page.locator('.explorer-folders-view').getByText(name, { exact: true }).dblclick();
};

describe('an archive', () => {
  test('opens with a click in the explorer', async () => {
    await written('packed.log.gz', gzipSync(packedText));
    await openFromExplorer('packed.log.gz');
    await expectMarked();
    expect(await viewerPage(session.window).locator('.facts').innerText()).toContain('gzip');
    await session.window.screenshot('archive');
  });

  test.each(['zst', 'bz2', 'xz'] as const)('of kind %s opens with a click', async (kind) => {
    await written(`packed.log.${kind}`, packedLogs[kind]);
    await openFromExplorer(`packed.log.${kind}`);
    await expectMarked();
  });

  test('that was cut says so and shows what it holds', async () => {
    const path = await written('cut.log.gz', gzipSync(packedText, { level: 0 }).subarray(0, 5000));
    const viewer = await openInViewer(session.window, path);
    expect((await shownLines(viewer))[0]?.text).toBe(firstLine);
    expect(await viewerBanner(viewer)).toContain('ends in the middle of its compressed data');
    await session.window.screenshot('cut-archive');
  });
});

describe('a text', () => {
  test('in UTF-16 is read as such', async () => {
    await openInViewer(
      session.window,
      await written('wide.log', Buffer.from(`\ufeff${packedText}`, 'utf16le')),
    );
    await expectMarked();
    expect(await viewerPage(session.window).locator('.facts').innerText()).toContain('utf-16le');
  });

  test('in Latin-1 is read as such', async () => {
    const text = `${firstLine} caf\xe9 stra\xdfe\n`;
    const path = await written('latin.log', Buffer.from(text, 'latin1'));
    const viewer = await openInViewer(session.window, path);
    expect((await shownLines(viewer))[0]?.text).toBe(text.trimEnd());
  });

  test('that is none is shown byte by byte, and says what it is', async () => {
    const bytes = Uint8Array.from({ length: 4096 }, (_, index) => (index * 31 + 7) % 256);
    const viewer = await openInViewer(session.window, await written('core.out', bytes));
    expect(await viewer.locator('.facts').innerText()).toContain('binary');
  });
});

describe('a file that', () => {
  test('vanishes says so, and what was read stays', async () => {
    const path = await written('gone.log', packedText);
    const viewer = await openInViewer(session.window, path);
    await expectMarked();
    await rm(path);
    await expect.poll(() => viewerBanner(viewer), { timeout: 15_000 }).toMatch(/removed|renamed/);
    expect(await viewer.locator('.rows .row:not(.spare) .text').first().innerText()).not.toBe('');
  });

  test.each([
    ['a pipe', 'pipe.log', /not a file|no regular file|device or a pipe/i],
    ['a circle of links', 'circle.log', /links|could not be|cannot be/i],
  ] as const)('is %s says so', async (_kind, name, words) => {
    const { window, folder } = session;
    const path = join(folder, name);
    if (name === 'pipe.log') execFileSync('mkfifo', [path]);
    else await symlink(name, path);
    await window.host(({ vscode }, file) => {
      void vscode.commands.executeCommand('faultline.openInViewer', vscode.Uri.file(file));
    }, path);
    await expect.poll(() => viewerBanner(viewerPage(window)), { timeout: 20_000 }).toMatch(words);
    await window.screenshot(name);
  });
});

/** A file system that offers whole files only, as that of an extension does. */
async function virtualFiles(): Promise<void> {
  await session.window.host(({ vscode, kept }, text) => {
    const files = new Map<string, { readonly size: number; readonly read: () => Uint8Array }>([
      ['/far.log', { size: text.length, read: () => new TextEncoder().encode(text) }],
      ['/huge.log', { size: 60_000_000, read: () => new Uint8Array(0) }],
      [
        '/locked.log',
        {
          size: 10,
          read: () => {
            throw vscode.FileSystemError.NoPermissions('/locked.log');
          },
        },
      ],
    ]);
    const find = (uri: { path: string }) => {
      const file = files.get(uri.path);
      if (file === undefined) throw vscode.FileSystemError.FileNotFound(uri.path);
      return file;
    };
    const refuse = (): never => {
      throw vscode.FileSystemError.NoPermissions();
    };
    kept.set(
      'virtualFiles',
      vscode.workspace.registerFileSystemProvider(
        'faultline-far',
        {
          onDidChangeFile: () => new vscode.Disposable(() => undefined),
          watch: () => new vscode.Disposable(() => undefined),
          stat: (uri) => ({ type: vscode.FileType.File, ctime: 0, mtime: 0, size: find(uri).size }),
          readFile: (uri) => find(uri).read(),
          readDirectory: () => [],
          createDirectory: refuse,
          writeFile: refuse,
          delete: refuse,
          rename: refuse,
        },
        { isReadonly: true },
      ),
    );
  }, packedText);
}

describe('a file system that offers no parts of a file', () => {
  const open = (path: string): Promise<void> =>
    session.window.host(({ vscode }, name) => {
      void vscode.commands.executeCommand(
        'faultline.openInViewer',
        vscode.Uri.parse(`faultline-far:${name}`),
      );
    }, path);
  const banner = (): Promise<string> => viewerBanner(viewerPage(session.window));

  test('has its logs copied, which is said', async () => {
    await virtualFiles();
    await open('/far.log');
    await expectMarked();
    expect(await banner()).toContain('This is a copy as of');
    await session.window.screenshot('virtual');
  });

  test('has a log in the text editor marked as well', async () => {
    const { window } = session;
    await window.host(async ({ vscode }) => {
      const uri = vscode.Uri.parse('faultline-far:/far.log');
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri));
    });
    const { findings } = await finalReport(window, 'faultline-far:/far.log');
    expect(findings.map(({ line }) => line)).toContain(failure.line - 1);
  });

  test('has logs that are too large to copy, or may not be read, which is said', async () => {
    await open('/huge.log');
    await expect.poll(banner, { timeout: 20_000 }).toContain('is larger than 50 MB');
    await open('/locked.log');
    await expect.poll(banner, { timeout: 20_000 }).toMatch(/locked\.log could not be copied/);
  });
});
