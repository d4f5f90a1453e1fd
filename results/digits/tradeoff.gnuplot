$curve0 << END
4 91.8197 90.6749 92.9645
8 92.8881 91.6222 94.1541
END
$line0 << END
3.2 95.2588 94.3248 96.1927
10 95.2588 94.3248 96.1927
END
$curve1 << END
4 91.3189 90.2619 92.3758
8 92.8214 92.0053 93.6375
END
$line1 << END
3.2 95.025 94.0706 95.9795
10 95.025 94.0706 95.9795
END
$curve2 << END
4 91.7195 90.6464 92.7926
8 92.7546 91.8924 93.6168
END
$line2 << END
3.2 95.4591 94.9864 95.9318
10 95.4591 94.9864 95.9318
END
set encoding utf8
set style line 1 linecolor rgb "#0072B2" linewidth 2 pointtype 7 pointsize 0.7
set style line 2 linecolor rgb "#D55E00" linewidth 2 pointtype 5 pointsize 0.7
set style line 3 linecolor rgb "#009E73" linewidth 2 pointtype 9 pointsize 0.8
set style line 4 linecolor rgb "#CC79A7" linewidth 2 pointtype 11 pointsize 0.8
set style line 5 linecolor rgb "#E69F00" linewidth 2 pointtype 13 pointsize 0.8
set style line 6 linecolor rgb "#56B4E9" linewidth 2 pointtype 6 pointsize 0.8
set style line 7 linecolor rgb "#7F7F7F" linewidth 2 pointtype 4 pointsize 0.8
set style line 9 linecolor rgb "#333333" linewidth 2
set border 3 linecolor rgb "#333333"
set tics nomirror out scale 0.6
set grid ytics linecolor rgb "#BBBBBB" linewidth 0.7
set logscale x
set xrange [3.2:10]
set xtics ("4" 4, "8" 8)
set offsets 0, 0, graph 0.06, graph 0.04
set xlabel "Privacy loss ε (upper bound, δ = 10^{-4})\n{/*0.7 client level, add-or-remove-one, poisson(rate=0.25), pld accountant}\n{/*0.7 points: mean of 5 with 95 % interval; dashed: no privacy}"
set ylabel "Test accuracy (%)"
set key below horizontal opaque samplen 2.5 spacing 1.2
plot $curve0 using 1:2:3:4 with yerrorlines linestyle 1 title "iid", \
     $line0 using 1:2 with lines linestyle 1 dashtype 2 notitle, \
     $curve1 using 1:2:3:4 with yerrorlines linestyle 2 title "power law 1", \
     $line1 using 1:2 with lines linestyle 2 dashtype 2 notitle, \
     $curve2 using 1:2:3:4 with yerrorlines linestyle 3 title "label shards 2", \
     $line2 using 1:2 with lines linestyle 3 dashtype 2 notitle
