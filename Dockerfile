FROM node:24-slim
# For pictures: emoji, Greek, Arabic, Korean and more in people's names. The font for Latin, Chinese and Japanese comes with npm ci.
RUN apt-get update && apt-get install -y --no-install-recommends fonts-noto-color-emoji fonts-noto-core fonts-nanum && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --ignore-scripts
COPY src ./src
COPY commands ./commands
COPY questions ./questions
RUN mkdir data && chown node:node data
USER node
VOLUME /app/data
ENV HTTP_PORT=8080 HTTP_HOST=0.0.0.0
EXPOSE 8080
HEALTHCHECK --start-period=30s CMD ["node", "-e", "fetch('http://127.0.0.1:8080/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--import", "./src/check-node.js", "src/main.ts"]
