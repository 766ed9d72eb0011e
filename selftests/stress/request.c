// SPDX-License-Identifier: GPL-2.0
/*
 * Requests: the parser of what may be written to the run file, and what a test
 * can and cannot be asked for.
 */
#include "stress.h"

#define DEFAULT_DURATION_MS	1000
#define MAX_DURATION_MS		3600000
/* How many times its duration a test that proves nothing yet goes on. */
#define DEFAULT_PATIENCE	20
#define MAX_BUDGET_S		604800
#define MAX_SHARDS		1024
#define DEFAULT_STRIDE		128
/*
 * The instances of a batch lie as close as cache lines do, and the threads use them
 * in the order of memory: a CPU fetches the next lines while it waits for one.
 */
#define INSTANCE_STRIDE		64
#define MIN_STRIDE		4
#define MAX_STRIDE		4096
#define MIN_SIZE		16
#define MAX_SIZE		1048576

/*
 * Iterations or instances of a batch.  It has to be short compared with the time
 * slices of a host, if the CPUs are virtual: two that share a processor with
 * others run together only in the moments after both have slept.
 */
#define PERPETUAL_BATCH		16384
#define INVARIANT_BATCH		4096
#define ARRAY_BATCH		256
#define PROGRAM_BATCH		512
/* Threads that share a CPU overlap only if a batch is longer than a time slice. */
#define PERPETUAL_BATCH_MAX	524288

const char membar_request_usage[] =
	"Write one request, for instance:\n"
	"  test=SB+mb+mb cpus=0,1 duration_ms=1000\n"
	"or a litmus file, or both: a line with test=- and the file after it.\n"
	"Keys, in any order:\n"
	"  test=NAME[,NAME...]  or the bare names; see the file tests.  smoke, litmus,\n"
	"                       atomics, all and public are campaigns, '*' is any\n"
	"                       edge, - the litmus file that follows\n"
	"  campaign=NAME        one of the campaigns\n"
	"  shard=K/N            the K-th of N shares of the tests, N up to 1024\n"
	"  cpus=LIST            where the threads run, the first one first: at most\n"
	"                       16 CPUs, for instance 0-3,8; default: the first\n"
	"                       that are online\n"
	"  duration_ms=N        of each test, 1 to 3600000, default 1000\n"
	"  budget_s=N           seconds for all tests together, in place of\n"
	"                       duration_ms, 1 to 604800; patience_ms is then 0 by\n"
	"                       default\n"
	"  patience_ms=N        the longest time by which a test is extended while its\n"
	"                       result is inconclusive: 0 to 3600000, default 20\n"
	"                       times duration_ms\n"
	"  engine=auto|perpetual|array\n"
	"  seed=N               of a random order of the instances in the array\n"
	"                       engine and of litmus files; default 0: the order of\n"
	"                       memory, and a random one where threads share CPUs\n"
	"  size=N               iterations or instances of a batch, 16 to 1048576, at\n"
	"                       most 16384 in the array engine\n"
	"  stride=N             bytes between variables, 4 to 4096; default 64 in\n"
	"                       the array engine and for litmus files, else 128\n"
	"  outline=0|1          call the exported functions, default 0\n"
	"  oversubscribe=0|1    let threads share CPUs, default 0\n"
	"  wait=0|1             1: return when the campaign is over, default 1\n";

const char *const membar_engine_names[MEMBAR_NR_ENGINES] = {
	[MEMBAR_ENGINE_AUTO] = "auto",
	[MEMBAR_ENGINE_PERPETUAL] = "perpetual",
	[MEMBAR_ENGINE_ARRAY] = "array",
	[MEMBAR_ENGINE_BOTH] = "both",
	[MEMBAR_ENGINE_INVARIANT] = "invariant",
	[MEMBAR_ENGINE_PROGRAM] = "program",
};

int membar_refuse(struct membar_why *why, const char *fmt, ...)
{
	va_list args;

	if (why) {
		va_start(args, fmt);
		vsnprintf(why->text, sizeof(why->text), fmt, args);
		va_end(args);
	}
	return -EINVAL;
}
MEMBAR_EXPORT_TO_KUNIT(membar_refuse);

/* Digits and nothing else, between @min and @max; false if not. */
static bool read_number(const char *text, size_t len, u64 min, u64 max,
			u64 *number)
{
	u64 n = 0;
	size_t i;

	for (i = 0; i < len; i++) {
		unsigned int digit = text[i] - '0';

		if (digit > 9 || n > max / 10 || n * 10 > max - digit)
			return false;
		n = n * 10 + digit;
	}
	if (!len || n < min)
		return false;
	*number = n;
	return true;
}

/* As above into 32 bits. */
static bool read_u32(const char *text, u32 min, u32 max, u32 *number)
{
	u64 n;

	if (!read_number(text, strlen(text), min, max, &n))
		return false;
	*number = n;
	return true;
}

static bool read_bool(const char *text, bool *value)
{
	if (strcmp(text, "0") && strcmp(text, "1"))
		return false;
	*value = *text == '1';
	return true;
}

static bool set_tests(struct membar_request *r, const char *value,
		      struct membar_why *why)
{
	size_t used = strlen(r->tests);
	const bool first = !used;

	if (!*value || used + !first + strlen(value) >= sizeof(r->tests))
		return false;
	if (!first)
		r->tests[used++] = ',';
	memcpy(r->tests + used, value, strlen(value) + 1);
	return true;
}

static bool add_cpu(struct membar_request *r, u32 cpu, struct membar_why *why)
{
	unsigned int i;

	for (i = 0; i < r->nr_cpus; i++) {
		if (r->cpus[i] == cpu) {
			membar_refuse(why, "CPU %u is in cpus= twice", cpu);
			return false;
		}
	}
	if (r->nr_cpus == MEMBAR_MAX_CPUS) {
		membar_refuse(why, "more than %u CPUs in cpus=",
			      MEMBAR_MAX_CPUS);
		return false;
	}
	r->cpus[r->nr_cpus++] = cpu;
	return true;
}

/* The number at @text, which is left behind. */
static bool take_number(const char **text, u64 *number)
{
	size_t len = strspn(*text, "0123456789");
	const char *digits = *text;

	*text += len;
	return read_number(digits, len, 0, U32_MAX, number);
}

/*
 * A list as the kernel's parameters have it, but in an order that counts:
 * 0-3,8 or, the first CPU of each group of four, 0-15:1/4.
 */
static bool set_cpus(struct membar_request *r, const char *value,
		     struct membar_why *why)
{
	u64 first, last, used, group, cpu;

	do {
		if (!take_number(&value, &first))
			return false;
		last = first;
		used = 1;
		group = 1;
		if (*value == '-') {
			value++;
			if (!take_number(&value, &last) || last < first)
				return false;
			if (*value == ':') {
				value++;
				if (!take_number(&value, &used) ||
				    *value++ != '/' ||
				    !take_number(&value, &group) ||
				    !used || used > group)
					return false;
			}
		}
		/* No more steps than CPUs, however long the range is. */
		for (; first <= last; first += group)
			for (cpu = first; cpu < first + used && cpu <= last;
			     cpu++)
				if (!add_cpu(r, cpu, why))
					return false;
	} while (*value++ == ',');
	return !value[-1];
}

static bool set_campaign(struct membar_request *r, const char *value,
			 struct membar_why *why)
{
	const char *name;
	unsigned int n;

	for (n = 0; (name = membar_campaign_name(n)); n++)
		if (!strcmp(name, value))
			return set_tests(r, value, why);
	return false;
}

static bool set_shard(struct membar_request *r, const char *value,
		      struct membar_why *why)
{
	u64 shard, shards;

	if (!take_number(&value, &shard) || *value++ != '/' ||
	    !take_number(&value, &shards) || *value ||
	    !shard || shard > shards || shards > MAX_SHARDS)
		return false;
	r->shard = shard;
	r->shards = shards;
	return true;
}

static bool set_budget(struct membar_request *r, const char *value,
		       struct membar_why *why)
{
	return read_u32(value, 1, MAX_BUDGET_S, &r->budget_s);
}

static bool set_duration(struct membar_request *r, const char *value,
			 struct membar_why *why)
{
	return read_u32(value, 1, MAX_DURATION_MS, &r->duration_ms);
}

static bool set_patience(struct membar_request *r, const char *value,
			 struct membar_why *why)
{
	return read_u32(value, 0, MAX_DURATION_MS, &r->patience_ms);
}

static bool set_engine(struct membar_request *r, const char *value,
		       struct membar_why *why)
{
	unsigned int e;

	for (e = 0; e < MEMBAR_ENGINE_INVARIANT; e++) {
		if (!strcmp(value, membar_engine_names[e])) {
			r->engine = e;
			return true;
		}
	}
	return false;
}

static bool set_seed(struct membar_request *r, const char *value,
		     struct membar_why *why)
{
	return read_number(value, strlen(value), 0, U64_MAX, &r->seed);
}

static bool set_size(struct membar_request *r, const char *value,
		     struct membar_why *why)
{
	return read_u32(value, MIN_SIZE, MAX_SIZE, &r->size);
}

static bool set_stride(struct membar_request *r, const char *value,
		       struct membar_why *why)
{
	return read_u32(value, MIN_STRIDE, MAX_STRIDE, &r->stride) &&
	       r->stride % sizeof(u32) == 0;
}

static bool set_outline(struct membar_request *r, const char *value,
			struct membar_why *why)
{
	return read_bool(value, &r->outline);
}

static bool set_oversubscribe(struct membar_request *r, const char *value,
			      struct membar_why *why)
{
	return read_bool(value, &r->oversubscribe);
}

static bool set_wait(struct membar_request *r, const char *value,
		     struct membar_why *why)
{
	return read_bool(value, &r->wait);
}

static const struct {
	const char *name;
	bool (*set)(struct membar_request *r, const char *value,
		    struct membar_why *why);
} keys[] = {
	{ "test", set_tests },
	{ "campaign", set_campaign },
	{ "shard", set_shard },
	{ "cpus", set_cpus },
	{ "budget_s", set_budget },
	{ "duration_ms", set_duration },
	{ "patience_ms", set_patience },
	{ "engine", set_engine },
	{ "seed", set_seed },
	{ "size", set_size },
	{ "stride", set_stride },
	{ "outline", set_outline },
	{ "oversubscribe", set_oversubscribe },
	{ "wait", set_wait },
};

/* One word; @given has a bit for each key that was there already. */
static int read_word(struct membar_request *r, char *word, u32 *given,
		     struct membar_why *why)
{
	char *value = strchr(word, '=');
	struct membar_why more = { };
	unsigned int k;

	if (!value) {
		if (!set_tests(r, word, &more))
			return membar_refuse(why, "too many tests");
		return 0;
	}

	*value++ = '\0';
	for (k = 0; k < ARRAY_SIZE(keys); k++)
		if (!strcmp(word, keys[k].name))
			break;
	if (k == ARRAY_SIZE(keys))
		return membar_refuse(why, "unknown key '%.32s'", word);
	if (*given & BIT(k))
		return membar_refuse(why, "%s is given twice", word);
	*given |= BIT(k);
	if (keys[k].set(r, value, &more))
		return 0;
	if (*more.text)
		return membar_refuse(why, "%s", more.text);
	return membar_refuse(why, "bad value '%.32s' for %s", value, word);
}

/* A refusal is repeated in the log, where escape sequences do harm. */
static bool printable(const char *buf, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if (buf[i] != '\t' && (buf[i] < ' ' || buf[i] > '~'))
			return false;
	return true;
}

/*
 * Files
 * =====
 */

static size_t skip_blanks(const char *buf, size_t len, size_t at)
{
	while (at < len && (buf[at] == ' ' || (buf[at] >= '\t' &&
					       buf[at] <= '\r')))
		at++;
	return at;
}

/* "C" and a blank, or a comment: no name of a test begins like that. */
static bool file_begins(const char *buf, size_t len, size_t at)
{
	if (len - at < 2)
		return false;
	if (buf[at] == 'C')
		return buf[at + 1] == ' ' || buf[at + 1] == '\t';
	return buf[at] == '(' && buf[at + 1] == '*';
}

size_t membar_request_split(const char *buf, size_t len, size_t *line)
{
	size_t at = skip_blanks(buf, len, 0);
	const char *end;

	*line = 0;
	if (file_begins(buf, len, at))
		return at;
	*line = len;
	end = memchr(buf, '\n', len);
	if (!end)
		return len;
	at = skip_blanks(buf, len, end - buf);
	if (!file_begins(buf, len, at))
		return len;
	*line = end - buf;
	return at;
}
MEMBAR_EXPORT_TO_KUNIT(membar_request_split);

bool membar_request_wants_file(const char *buf, size_t len)
{
	static const char wanted[] = "test=" MEMBAR_FILE_TEST;
	const size_t size = strlen(wanted);
	size_t at;

	for (at = 0; at + size <= len; at++)
		if (!memcmp(buf + at, wanted, size) &&
		    (!at || buf[at - 1] == ' ' || buf[at - 1] == '\t') &&
		    skip_blanks(buf, len, at + size) != at + size)
			return true;
	return false;
}
MEMBAR_EXPORT_TO_KUNIT(membar_request_wants_file);

int membar_request_parse(const char *buf, size_t len,
			 struct membar_request *request,
			 struct membar_why *why)
{
	char line[MEMBAR_REQUEST_LEN];
	char *word, *end;
	u32 given = 0;
	int err;

	*request = (struct membar_request){
		.patience_ms = U32_MAX,
		.wait = true,
	};

	if (len && buf[len - 1] == '\n')
		len--;
	if (len >= sizeof(line))
		return membar_refuse(why, "more than %zu characters",
				     sizeof(line) - 1);
	if (memchr(buf, '\0', len))
		return membar_refuse(why, "a NUL byte");
	if (memchr(buf, '\n', len))
		return membar_refuse(why, "more than one line");
	if (!printable(buf, len))
		return membar_refuse(why, "a character that cannot be printed");
	memcpy(line, buf, len);
	line[len] = '\0';

	for (word = line; *word; word = end) {
		word += strspn(word, " \t");
		end = word + strcspn(word, " \t");
		if (end == word)
			break;
		if (*end)
			*end++ = '\0';
		err = read_word(request, word, &given, why);
		if (err)
			return err;
	}
	if (request->budget_s && request->duration_ms)
		return membar_refuse(why, "budget_s and duration_ms are both given");
	if (!request->duration_ms && !request->budget_s)
		request->duration_ms = DEFAULT_DURATION_MS;
	if (request->patience_ms == U32_MAX)
		request->patience_ms = min(DEFAULT_PATIENCE *
					   request->duration_ms,
					   (u32)MAX_DURATION_MS);
	if (!*request->tests)
		return membar_refuse(why, "no test is named");
	if (request->engine == MEMBAR_ENGINE_ARRAY &&
	    request->size > MEMBAR_ARRAY_BATCH_MAX)
		return membar_refuse(why, "size=%u is more than the %u that engine=array can have",
				     request->size, MEMBAR_ARRAY_BATCH_MAX);
	return 0;
}
MEMBAR_EXPORT_TO_KUNIT(membar_request_parse);

void membar_request_fit(struct membar_request *request, unsigned int nr)
{
	u32 each;

	if (!request->budget_s)
		return;
	/* The largest budget in milliseconds fits. */
	each = request->budget_s * 1000 / nr ?: 1;
	if (each > MAX_DURATION_MS)
		each = MAX_DURATION_MS;
	request->duration_ms = each;
	request->budget_s = 0;
}
MEMBAR_EXPORT_TO_KUNIT(membar_request_fit);

int membar_cpus_name(const u32 *cpus, unsigned int nr, char *buf, size_t size)
{
	unsigned int i, next;
	int n = 0;

	*buf = '\0';
	for (i = 0; i < nr; i = next) {
		for (next = i + 1; next < nr; next++)
			if (cpus[next] != cpus[next - 1] + 1)
				break;
		n += scnprintf(buf + n, size - n, "%s%u", i ? "," : "", cpus[i]);
		if (next > i + 1)
			n += scnprintf(buf + n, size - n, "-%u",
				       cpus[next - 1]);
	}
	return n;
}
MEMBAR_EXPORT_TO_KUNIT(membar_cpus_name);

int membar_request_name(const struct membar_request *request, char *buf,
			size_t size)
{
	int n;

	n = scnprintf(buf, size, "test=%s", request->tests);
	if (request->nr_cpus) {
		n += scnprintf(buf + n, size - n, " cpus=");
		n += membar_cpus_name(request->cpus, request->nr_cpus, buf + n,
				      size - n);
	}
	if (request->shards)
		n += scnprintf(buf + n, size - n, " shard=%u/%u", request->shard,
			       request->shards);
	if (request->budget_s)
		n += scnprintf(buf + n, size - n, " budget_s=%u",
			       request->budget_s);
	else
		n += scnprintf(buf + n, size - n, " duration_ms=%u",
			       request->duration_ms);
	n += scnprintf(buf + n, size - n, " patience_ms=%u engine=%s seed=%llu",
		       request->patience_ms,
		       membar_engine_names[request->engine],
		       (unsigned long long)request->seed);
	if (request->size)
		n += scnprintf(buf + n, size - n, " size=%u", request->size);
	if (request->stride)
		n += scnprintf(buf + n, size - n, " stride=%u",
			       request->stride);
	n += scnprintf(buf + n, size - n, " outline=%d oversubscribe=%d wait=%d",
		       request->outline, request->oversubscribe, request->wait);
	return n;
}
MEMBAR_EXPORT_TO_KUNIT(membar_request_name);

enum membar_engine membar_request_engine(const struct membar_request *request,
					 const struct membar_job *job,
					 const struct membar_plan *plan)
{
	if (job->invariant)
		return MEMBAR_ENGINE_INVARIANT;
	if (job->translation)
		return MEMBAR_ENGINE_PROGRAM;
	if (request->engine != MEMBAR_ENGINE_AUTO)
		return request->engine;
	if (plan->walk == MEMBAR_WALK_NONE)
		return MEMBAR_ENGINE_ARRAY;
	/* Begun together, instances show a fence that fails rarely. */
	if ((job->control != MEMBAR_NO_CONTROL || job->is_control) &&
	    request->nr_cpus >= plan->nr_threads)
		return MEMBAR_ENGINE_BOTH;
	return MEMBAR_ENGINE_PERPETUAL;
}
MEMBAR_EXPORT_TO_KUNIT(membar_request_engine);

const char *membar_request_obstacle(const struct membar_request *request,
				    enum membar_engine engine,
				    const struct membar_plan *plan)
{
	if (engine == MEMBAR_ENGINE_PROGRAM &&
	    request->engine == MEMBAR_ENGINE_PERPETUAL)
		return "litmus files have no engine=perpetual";
	if ((engine == MEMBAR_ENGINE_PERPETUAL ||
	     engine == MEMBAR_ENGINE_BOTH) && plan->walk == MEMBAR_WALK_NONE)
		return "final values need engine=array";
	if (request->nr_cpus < plan->nr_threads && !request->oversubscribe)
		return "more threads than CPUs and not oversubscribe=1";
	return NULL;
}
MEMBAR_EXPORT_TO_KUNIT(membar_request_obstacle);

u32 membar_request_batch_size(const struct membar_request *request,
			      enum membar_engine engine, bool oversubscribed)
{
	const u32 size = request->size;
	u32 own;

	switch (engine) {
	case MEMBAR_ENGINE_PROGRAM:
	case MEMBAR_ENGINE_ARRAY:
		own = engine == MEMBAR_ENGINE_PROGRAM ? PROGRAM_BATCH :
							ARRAY_BATCH;
		if (oversubscribed)
			own = MEMBAR_ARRAY_BATCH_MAX;
		return min(size ?: own, (u32)MEMBAR_ARRAY_BATCH_MAX);
	case MEMBAR_ENGINE_INVARIANT:
		return size ?: INVARIANT_BATCH;
	default:
		own = oversubscribed ? PERPETUAL_BATCH_MAX : PERPETUAL_BATCH;
		return size ?: own;
	}
}
MEMBAR_EXPORT_TO_KUNIT(membar_request_batch_size);

u32 membar_request_stride(const struct membar_request *request,
			  enum membar_engine engine, bool oversubscribed)
{
	const bool instances = engine == MEMBAR_ENGINE_ARRAY ||
			       engine == MEMBAR_ENGINE_PROGRAM;

	if (request->stride)
		return request->stride;
	return instances && !oversubscribed ? INSTANCE_STRIDE : DEFAULT_STRIDE;
}
MEMBAR_EXPORT_TO_KUNIT(membar_request_stride);
