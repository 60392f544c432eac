// npm run package: builds, and writes faultline.vsix.
import { stopChildrenOnSignals } from './lib/children.mjs';
import { ensureDependencies } from './lib/dependencies.mjs';
import { root } from './lib/root.mjs';
import { buildBundles, packageExtension, vsixPath } from './lib/vsix.mjs';

stopChildrenOnSignals();
try {
  await ensureDependencies();
  console.log((await buildBundles()).trim());
  await packageExtension(root, vsixPath);
  console.log(vsixPath);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
