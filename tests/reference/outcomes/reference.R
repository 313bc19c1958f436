# Writes reference.json: every figure of the report of a simulated cohort, worked out by R from its tables alone.
# igloop simulate --patients 62 --seed 1 --out cohort && Rscript reference.R > reference.json
# R 4.2.2 with survival, lme4, exactRankTests, jsonlite. Pairing, weights and intervals that no package has are written out here.
suppressMessages({ library(survival); library(lme4); library(exactRankTests); library(jsonlite) })
read <- function(name) read.csv(file.path("cohort", paste0(name, ".csv")), stringsAsFactors = FALSE)
day <- function(x) as.integer(as.Date(x))
patients <- read("patients"); visits <- read("visits"); signs <- read("manifestations"); infusions <- read("infusions"); events <- read("adverse_events"); follow <- read("follow_up")
visits$day <- day(visits$date); signs$day <- day(signs$date); infusions$day <- day(infusions$date); events$day <- day(events$date); follow$day <- day(follow$date)
id <- patients$patient
first <- sapply(id, function(p) min(infusions$day[infusions$patient == p])); last <- sapply(id, function(p) max(infusions$day[infusions$patient == p]))
kg <- setNames(patients$weight_kg, id)

# Baseline: last value from 90 days before the first infusion up to its day. After: nearest to 180 days, within 90; of two as near the earlier.
pair <- function(p, days, values) {
  ok <- !is.na(values); days <- days[ok]; values <- values[ok]
  b <- which(days <= first[p] & first[p] - days <= 90); a <- which(days > first[p] & abs(days - first[p] - 180) <= 90)
  a <- a[order(abs(days[a] - first[p] - 180), days[a])]
  c(if (length(b)) values[b[which.max(days[b])]] else NA, if (length(a)) values[a[1]] else NA)
}
pairs <- function(table, column) t(sapply(id, function(p) { v <- table[table$patient == p, ]; pair(p, v$day, v[[column]]) }))
score <- pairs(visits, "sledai"); steroid <- pairs(visits, "prednisone_mg_day")
included <- !is.na(score[, 1]); assessable <- included & !is.na(score[, 2])

# Courses: infusions at most seven days apart. Band by the median grams per kilogram of the courses.
dose <- sapply(id, function(p) { i <- infusions[infusions$patient == p, ]; i <- i[order(i$day), ]; course <- cumsum(c(1, diff(i$day) > 7)); median(tapply(i$dose / kg[p], course, sum)) })
high <- dose >= 1

walsh <- function(d) { w <- outer(d, d, "+") / 2; w[lower.tri(w, diag = TRUE)] }
paired <- function(x) {
  x <- x[complete.cases(x), ]; d <- x[, 2] - x[, 1]; nz <- d[d != 0]; tt <- t.test(d)
  list(pairs = nrow(x), zeros = sum(d == 0), median_before = median(x[, 1]), median_after = median(x[, 2]), mean_change = mean(d),
    v = unname(suppressWarnings(wilcox.test(d, exact = FALSE)$statistic)), p_exact = suppressWarnings(wilcox.exact(nz, exact = TRUE)$p.value),
    p_normal = suppressWarnings(wilcox.test(d, exact = FALSE, correct = FALSE)$p.value), p_normal_corrected = suppressWarnings(wilcox.test(d, exact = FALSE)$p.value),
    hodges_lehmann = median(walsh(nz)), limits = as.numeric(suppressWarnings(wilcox.test(nz, exact = FALSE, conf.int = TRUE))$conf.int), # found by a root search: good to about 1e-4
     p_sign = binom.test(sum(nz > 0), length(nz))$p.value,
    t = unname(tt$statistic), t_p = tt$p.value, t_interval = as.numeric(tt$conf.int))
}
wilson <- function(x, n) as.numeric(prop.test(x, n, correct = FALSE)$conf.int); cp <- function(x, n) as.numeric(binom.test(x, n)$conf.int)
rate <- function(x, n) list(responders = x, patients = n, wilson = wilson(x, n), clopper_pearson = cp(x, n))
out <- list(r = R.version.string, attrition = c(nrow(patients), length(first), sum(included), sum(assessable)), score = paired(score[assessable, ]), steroid = paired(steroid[included, ]))

# ---- over time ----
long <- do.call(rbind, lapply(id[included], function(p) { v <- visits[visits$patient == p & !is.na(visits$sledai), ]; v <- v[v$day > first[p] & v$day - first[p] <= 270, ]; data.frame(id = p, month = c(0, (v$day - first[p]) / 30.4375), y = c(score[p, 1], v$sledai)) }))
fit <- lmer(y ~ month + (month | id), long, REML = TRUE, control = lmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10)))
vc <- VarCorr(fit)$id; se <- sqrt(diag(as.matrix(vcov(fit))))
out$mixed <- list(values = nrow(long), fixed = unname(fixef(fit)), se = unname(se), slope_interval = unname(fixef(fit)[2] + c(-1, 1) * qnorm(0.975) * se[2]), var_intercept = vc[1, 1], var_slope = vc[2, 2], covariance = vc[1, 2], var_residual = sigma(fit)^2, criterion = REMLcrit(fit))
bins <- list(c(30, 15), c(91, 30), c(183, 45), c(365, 60))
at <- cbind(score[, 1], sapply(bins, function(b) sapply(id, function(p) { v <- visits[visits$patient == p & !is.na(visits$sledai), ]; off <- abs(v$day - first[p] - b[1]); k <- which(off <= b[2]); if (length(k)) v$sledai[k[order(off[k], v$day[k])][1]] else NA })))[included, ]
keep <- at[, colSums(!is.na(at)) * 2 >= nrow(at)]; whole <- keep[complete.cases(keep), ]; fr <- friedman.test(whole)
out$friedman <- list(patients = nrow(whole), chi_squared = unname(fr$statistic), df = unname(fr$parameter), p = fr$p.value)

# ---- manifestations ----
mcnemar <- function(name, who) {
  x <- pairs(signs, name)[who, , drop = FALSE]; x <- x[complete.cases(x), , drop = FALSE]
  cleared <- sum(x[, 1] == 1 & x[, 2] == 0); appeared <- sum(x[, 1] == 0 & x[, 2] == 1); n <- cleared + appeared
  r <- list(name = name, known = nrow(x), before = sum(x[, 1]), after = sum(x[, 2]), cleared = cleared, appeared = appeared, p_exact = 1, p_mid = 1)
  if (n > 0) {
    ci <- cp(cleared, n); r$p_exact <- binom.test(cleared, n)$p.value; f <- dbinom(min(cleared, appeared), n, 0.5)
    r$p_mid <- if (cleared == appeared) 1 - f / 2 else 2 * pbinom(min(cleared, appeared), n, 0.5) - f
    r$low <- ci[1] / (1 - ci[1]); if (appeared > 0) { r$odds_ratio <- cleared / appeared; r$high <- ci[2] / (1 - ci[2]) }
  }
  r
}
family <- function(rows) { p <- sapply(rows, `[[`, "p_mid"); Map(function(r, h, b) c(r, p_holm = h, p_bh = b), rows, p.adjust(p, "holm"), p.adjust(p, "BH")) }
names <- sort(setdiff(colnames(signs), c("patient", "date", "day"))); band <- function(b) function(n) c(mcnemar(n, included & high == (b == "high dose")), band = b)
out$manifestations <- c(family(lapply(names, function(n) c(mcnemar(n, included), band = "all"))), family(c(lapply(names, band("low dose")), lapply(names, band("high dose")))))

# ---- responders, relapse, harm, grams ----
responder <- assessable & score[, 1] - score[, 2] >= 4; responder[is.na(responder)] <- FALSE
out$responders <- list(intention_to_treat = rate(sum(responder), sum(included)), assessable = rate(sum(responder), sum(assessable)), low = rate(sum(responder & !high), sum(included & !high)), high = rate(sum(responder & high), sum(included & high)))
watch <- sapply(id, function(p) max(visits$day[visits$patient == p], signs$day[signs$patient == p], last[p], follow$day[follow$patient == p & follow$what == "last_seen"]))
when <- sapply(id, function(p) { r <- follow$day[follow$patient == p & follow$what == "relapse"]; r <- r[r > last[p]]; v <- visits[visits$patient == p & !is.na(visits$sledai), ]; v <- v[order(v$day), ]; ref <- tail(v$sledai[v$day <= last[p]], 1); rise <- v$day[v$day > last[p] & v$sledai - ref >= 4]; if (length(r)) min(r) else if (length(rise)) rise[1] else NA })
time <- ifelse(is.na(when), pmax(0, watch - last), when - last); relapse <- !is.na(when)
km <- function(w) { s <- summary(survfit(Surv(time[w], relapse[w]) ~ 1, conf.type = "log-log"))$table; unname(s[c("records", "events", "median", "0.95LCL", "0.95UCL")]) }
lr <- survdiff(Surv(time[included], relapse[included]) ~ high[included]); curve <- survfit(Surv(time[included], relapse[included]) ~ 1, conf.type = "log-log"); step <- curve$n.event > 0
out$relapse <- list(all = km(included), low = km(included & !high), high = km(included & high), log_rank = lr$chisq, p = pchisq(lr$chisq, 1, lower.tail = FALSE), steps = cbind(curve$time, curve$n.risk, curve$surv, curve$lower, curve$upper)[step, ])
given <- table(factor(infusions$patient, id)); harm <- sapply(id, function(p) sum(events$patient == p & events$day >= first[p]))
out$harm <- list(infusions = sum(given), events = sum(harm), patients = sum(harm > 0), low = c(sum(given[!high]), sum(harm[!high])), high = c(sum(given[high]), sum(harm[high])))
grams <- tapply(infusions$dose, factor(infusions$patient, id), sum)
out$cost <- list(grams = sum(grams), per_responder = sum(grams) / sum(responder), cost_per_patient = 60 * sum(grams) / length(grams), cost_per_responder = 60 * sum(grams) / sum(responder), low = sum(grams[!high]) / sum(responder[!high]), high = sum(grams[high]) / sum(responder[high]))

# ---- low against high dose ----
a <- id[assessable]; h <- high[a]; change <- score[a, 2] - score[a, 1]; resp <- responder[a]
x <- data.frame(base = score[a, 1], age = (first[a] - day(patients$birth_date[assessable])) / 365.25, female = as.numeric(patients$sex[assessable] == "F"), kg = kg[a], steroid = steroid[a, 1], years = patients$disease_years[assessable])
weigh <- function(x, h) { e <- fitted(suppressWarnings(glm(h ~ ., data = data.frame(h = h, x), family = binomial, control = glm.control(epsilon = 1e-14, maxit = 100)))); ifelse(h, 1 - e, e) }
w <- weigh(x, h); wd <- function(y, h, w) weighted.mean(y[h], w[h]) - weighted.mean(y[!h], w[!h])
smd <- function(y, w) wd(y, h, w) / sqrt((var(y[h]) + var(y[!h])) / 2)
newcombe <- function(x1, n1, x2, n2) { u <- wilson(x1, n1); v <- wilson(x2, n2); d <- x1 / n1 - x2 / n2; c(d - sqrt((x1 / n1 - u[1])^2 + (v[2] - x2 / n2)^2), d + sqrt((u[2] - x1 / n1)^2 + (x2 / n2 - v[1])^2)) }
set.seed(7); B <- 2000
boots <- replicate(B, { i <- sample(length(h), replace = TRUE); j <- tryCatch(weigh(x[i, ], h[i]), error = function(e) NULL); if (is.null(j)) c(NA, NA) else c(wd(change[i], h[i], j), wd(as.numeric(resp[i]), h[i], j)) })
who <- replicate(B, sample(length(id), replace = TRUE)); per <- apply(who, 2, function(i) sum(harm[i]) / sum(given[i])); gpr <- apply(who, 2, function(i) sum(grams[i]) / sum(responder[i]))
q <- function(v) unname(quantile(v, c(0.025, 0.975), na.rm = TRUE, type = 6))
out$dose <- list(low = sum(!h), high = sum(h), change = mean(change[h]) - mean(change[!h]), p = suppressWarnings(wilcox.exact(change[h], change[!h], exact = TRUE)$p.value), hodges_lehmann = median(outer(change[h], change[!h], "-")),
  response = mean(resp[h]) - mean(resp[!h]), newcombe = newcombe(sum(resp[h]), sum(h), sum(resp[!h]), sum(!h)), weighted_change = wd(change, h, w), weighted_response = wd(as.numeric(resp), h, w),
  effective_low = sum(w[!h])^2 / sum(w[!h]^2), effective_high = sum(w[h])^2 / sum(w[h]^2), before = unname(sapply(x, smd, w = rep(1, length(h)))), after = unname(sapply(x, smd, w = w)))
out$bootstrap <- list(weighted_change = q(boots[1, ]), weighted_response = q(boots[2, ]), events_per_infusion = q(per), grams_per_responder = q(gpr))
cat(toJSON(out, auto_unbox = TRUE, digits = 15, pretty = FALSE, na = "null"), "\n")
