// Plain JavaScript, loaded before everything else: an older Node cannot even read the TypeScript that follows.
const [major] = process.versions.node.split('.').map(Number);
if (major < 24) {
  process.stderr.write(
    `Koan needs Node 24 and this is ${process.versions.node}. Run "npm ci" here once: it brings Node 24 along, and "npm start", ` +
      '"npm run demo" and "npm test" then use it by themselves.\n',
  );
  process.exit(1);
}
