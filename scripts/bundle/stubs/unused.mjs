// Stands in for packages that are imported but never used by us. Truthy, because transformers asks
// for an image library at load; any use of it is a mistake and says so.

export default function unused() {
  throw new Error('This part was left out of the bundle.');
}
